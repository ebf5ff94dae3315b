// Methods that Next's handlers don't know: it answers TRACE with 500 and PROPFIND with 400 before any handler is asked,
// where the endpoint has 405 to say.
import type { Exchange } from '../../http-channels'
import { onRequestStart } from '../../http-channels'

const DOORS = /^(?:\/api)?\/metrics(?:\?|$)/
const KNOWN = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** From now on Next takes a scrape by such a method for one that the endpoint refuses. Gives a function that ends it. */
export function refuseOddMethods(): () => void {
  return onRequestStart(({ request }: Exchange) => {
    if (!KNOWN.has(request.method ?? '') && DOORS.test(request.url ?? '')) request.method = 'OPTIONS'
  })
}
