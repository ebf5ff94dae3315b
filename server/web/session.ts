// The session of a browser after a login: a cookie with its expiry time, signed with a key made from the token. It holds no
// secret, is valid for all processes with the same token, and ends when the token changes.
import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto'
import { perProcess } from '../per-process'

const SESSION_SECONDS = 7 * 24 * 60 * 60

export type Sessions = {
  /** The Set-Cookie of a new session, for a browser that asks below `path`. */
  begin(path: string, isHttps: boolean): string
  /** The Set-Cookie that ends it. */
  end(path: string, isHttps: boolean): string
  /** Whether a Cookie header has a session that is going on. */
  isGoingOn(cookies: string | null): boolean
}

export function createSessions(token: string, nowMs: () => number = Date.now): Sessions {
  const key = keyOf(token)
  // Cookies of all ports of a host lie together: apps with different tokens don't end each other's sessions.
  const name = `hearth_${createHmac('sha256', key).update('name').digest('hex').slice(0, 8)}`
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest()

  function setCookie(value: string, seconds: number, path: string, isHttps: boolean): string {
    const secure = isHttps ? '; Secure' : ''
    return `${name}=${value}; Max-Age=${seconds}; Path=${path || '/'}; HttpOnly; SameSite=Lax${secure}`
  }

  return {
    begin(path, isHttps) {
      const until = String(Math.floor(nowMs() / 1000) + SESSION_SECONDS)
      return setCookie(`${until}.${sign(until).toString('base64url')}`, SESSION_SECONDS, path, isHttps)
    },
    end: (path, isHttps) => setCookie('', 0, path, isHttps),
    isGoingOn(cookies) {
      for (const cookie of (cookies ?? '').split(';')) {
        const [, until = '', signature = ''] = /^\s*(?:\w+)=(\d{1,12})\.([\w-]{43})\s*$/.exec(cookie) ?? []
        if (!cookie.trim().startsWith(`${name}=`) || until === '') continue
        const isOurs = timingSafeEqual(Buffer.from(signature, 'base64url'), sign(until))
        if (isOurs && Number(until) * 1000 > nowMs()) return true
      }
      return false
    },
  }
}

/** Slow to make, so that a session doesn't help to guess the token; once in a process. */
function keyOf(token: string): Buffer {
  const keys = perProcess('session-keys', () => new Map<string, Buffer>())
  const known = keys.get(token)
  if (known !== undefined) return known
  const key = scryptSync(token, 'hearth session', 32)
  keys.set(token, key)
  return key
}
