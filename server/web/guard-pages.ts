// The door of pages that Next renders, in this repository's app. It stands before Next, which has no place of its own where a
// page is refused with a status: whoever may not look is sent, within the server, to the page that asks for the token.
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { onRequestStart } from '../http-channels'
import type { Door } from './door'
import { nextPagePolicy, PAGE_HEADERS } from './security-headers'

/** All below it are pages as well, but for `/login` and `/logout`. */
export const FIRST_PAGE = '/dashboard'

export type GuardedPages = {
  /** Next's basePath: empty, or a path such as `/shop`. */
  basePath: string
  /** The text of the script that pages have within them. */
  script: string
}

/** From now on. `markPeers` is to be called before. Gives a function that ends it. */
export function guardPages({ basePath, script }: GuardedPages, door: Door): () => void {
  const base = basePath + FIRST_PAGE
  const loginPath = `${base}/login`
  const doors = new Set([loginPath, `${base}/logout`])

  return onRequestStart(({ request, response }) => {
    const [path = ''] = request.url?.split('?', 1) ?? []
    const isPage = path === base || path.startsWith(`${base}/`)
    if (!isPage || doors.has(path.replace(/\/$/, ''))) return
    const method = request.method ?? ''
    if (!door.admits({ method, headers: toHeaders(request.headers) }, 'page')) {
      request.url = loginPath
      request.method = method === 'HEAD' ? 'HEAD' : 'GET'
      return
    }
    // Next reads the nonce of its own scripts there.
    const policy = nextPagePolicy(randomBytes(16).toString('base64'), script)
    request.headers['content-security-policy'] = policy
    response.setHeader('Content-Security-Policy', policy)
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
  })
}

function toHeaders(headers: IncomingHttpHeaders): Headers {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  return new Headers(pairs)
}
