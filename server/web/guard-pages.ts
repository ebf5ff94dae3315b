// Guards the pages that Next renders, in this repository's app. Next itself has no way to refuse a page with a status, so this
// runs before Next and sends visitors without access, within the server, to the page that asks for the token.
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Exchange } from '../http-channels'
import { onRequestStart } from '../http-channels'
import { guarded } from '../instrument/guarded'
import type { Door } from './door'
import { COMMON_HEADERS, nextPagePolicy } from './security-headers'

/** All below it are pages as well, but for `/login` and `/logout`. */
export const FIRST_PAGE = '/dashboard'

/** What Next's router and its actions send. */
const OF_ROUTER = /^(?:rsc|next-)/

export type GuardedPages = {
  /** Next's basePath: empty, or a path such as `/shop`. */
  basePath: string
  /** Next's assetPrefix: where browsers find the pages' files, if it is another origin. */
  assetPrefix?: string | undefined
  /** Next's trailingSlash. */
  trailingSlash?: boolean | undefined
}

/** From now on. `markPeers` is to be called before. Gives a function that ends it. */
export function guardPages({ assetPrefix, basePath }: GuardedPages, door: Door): () => void {
  const base = basePath + FIRST_PAGE
  const loginPath = `${base}/login`
  const assets = originOf(assetPrefix)
  const doors = new Set([loginPath, `${base}/logout`])

  const guard = guarded('guardPages', ({ request, response }: Exchange) => {
    const path = pathOf(request.url ?? '')
    const isPage = path === base || path.startsWith(`${base}/`)
    if (!isPage || doors.has(path.replace(/\/$/, ''))) return
    const method = request.method ?? ''
    if (!door.admits({ method, headers: toHeaders(request.headers) }, 'page')) {
      request.url = loginPath
      request.method = method === 'HEAD' ? 'HEAD' : 'GET'
      // Next would answer these by itself, before anybody is asked.
      for (const name of Object.keys(request.headers)) if (OF_ROUTER.test(name)) delete request.headers[name]
      return
    }
    // Next reads the nonce of its own scripts there.
    const policy = nextPagePolicy(randomBytes(16).toString('base64'), assets)
    request.headers['content-security-policy'] = policy
    response.setHeader('Content-Security-Policy', policy)
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value)
  })
  return onRequestStart(guard)
}

/** Undefined for a path, and for none. */
function originOf(assetPrefix = ''): string | undefined {
  const own = 'http://localhost'
  const { origin } = new URL(assetPrefix, own)
  return origin === own ? undefined : origin
}

/** As Next reads it: `/./dashboard` is the same page. */
function pathOf(target: string): string {
  const url = target.replace(/^\/+/, '/')
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : ''
}

function toHeaders(headers: IncomingHttpHeaders): Headers {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  return new Headers(pairs)
}
