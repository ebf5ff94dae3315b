// Next drops a header of a route handler if proxy.ts, or `headers` in next.config, has set the same one for the path: a host's
// Content-Security-Policy or Cache-Control would replace ours. So we send ours in one separate header, and set them when the
// head is written. That header also tells which responses are ours.
import type { ServerResponse } from 'node:http'

const CARRIER = 'x-hearth-headers'

/** Next adds these to those that are there, or leaves them out on purpose. */
const NOT_CARRIED = new Set([
  'content-encoding',
  'content-length',
  'set-cookie',
  'transfer-encoding',
  'vary',
  'www-authenticate',
])

/** The response, whose headers will be sent as they are, whatever the app has set. */
export function keepHeaders(response: Response): Response {
  const carried = [...response.headers].filter(([name]) => !NOT_CARRIED.has(name))
  response.headers.set(CARRIER, JSON.stringify(carried))
  return response
}

/**
 * To be called before the head of any response is written, with the last argument of its `writeHead`. Gives whether it is an
 * answer of ours.
 */
export function restoreHeaders(response: ServerResponse, given?: unknown): boolean {
  const carried = response.getHeader(CARRIER)
  if (carried === undefined) return takeFrom(given)
  response.removeHeader(CARRIER)
  for (const [name, value] of JSON.parse(String(carried)) as [string, string][]) response.setHeader(name, value)
  return true
}

/** What is given to `writeHead` takes the place of what the app has set: there is nothing to restore. */
function takeFrom(given: unknown): boolean {
  return typeof given === 'object' && given !== null && CARRIER in given && Reflect.deleteProperty(given, CARRIER)
}
