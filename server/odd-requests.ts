// Requests that no app can answer, and that Next answers with a 500, usually with a stack trace in the log. They are mistakes
// of the client, and must not look like errors of the app.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange } from './http-channels'
import { onRequestStart } from './http-channels'

/** The page that Next builds for errors of the root layout. Asked for by its path it is what it is for: a 500. */
const ERROR_PAGE = /\/_global-error(?:\.[\w.]+)?(?:\?|$)/

/**
 * From now on they get a 4xx, and are counted as they came if measuring began before. Gives a function that ends it.
 * - TRACE, which a `Request` must not have, and a target that is no path (`*`, or a whole URL): Node's own 400.
 * - A path that can't be decoded, where a route has a parameter: 400 instead of Next's 500. Elsewhere it is a path as any.
 * - Next's page for errors: the 404 of a path that is none.
 */
export function refuseOddRequests(): () => void {
  return onRequestStart(({ request, response }: Exchange) => {
    const { method, url = '' } = request
    if (method === 'TRACE' || !url.startsWith('/')) refuse(request)
    else if (ERROR_PAGE.test(url)) request.url = '/_not-found'
    else if (url.includes('%') && !isDecodable(url)) blameRequest(response)
  })
}

/** Node answers a request of HTTP/1.1 without Host by itself, with 400, and looks for it when this was called. */
function refuse(request: IncomingMessage): void {
  delete request.headers.host
  request.httpVersionMinor = 1
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

/** A response that has a reason phrase before its head comes from another server, whose words are left as they are. */
function blameRequest(response: ServerResponse): void {
  const { writeHead } = response
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    const told = status === 500 && !response.statusMessage ? 400 : status
    return Reflect.apply(writeHead, response, [told, ...rest])
  }) as typeof writeHead
}
