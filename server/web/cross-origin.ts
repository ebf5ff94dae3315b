// Whether a request was made by a page of another origin. Browsers say so; other programs can't abuse a user's login.
import { hostOf } from './peer'

/** An origin that may read and ask from its own pages, and what its browser has to be told. */
export type Origins = ReadonlySet<string>

/** What a page elsewhere may do without being named: a link to one of our pages. */
type Purpose = 'page' | 'data'

/** What is known of a request before it is read. */
export type Head = { readonly headers: Headers; readonly method: string }

/** The words of the refusal, or undefined where it isn't to be refused. */
export function crossOriginRefusal(request: Head, purpose: Purpose, origins: Origins): string | undefined {
  const { headers, method } = request
  const origin = headers.get('origin')
  if (origin !== null && origins.has(origin)) return undefined
  const site = headers.get('sec-fetch-site')
  if (site !== null) {
    if (site === 'same-origin' || site === 'none') return undefined
    const isLink = headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
    if (purpose === 'page' && method === 'GET' && isLink) return undefined
    return `expected a request of a page of this origin, got one of ${origin ?? 'another site'}: name it in HEARTH_ORIGINS`
  }
  // Browsers keep to themselves where a request comes from when an address is neither https nor this machine.
  if (origin === null || isOwnOrigin(origin, headers)) return undefined
  return `expected a request of a page of this origin, got one of ${origin}: name it in HEARTH_ORIGINS`
}

/** What tells the browser of a named origin that it may read the answer. */
export function allowOrigin(response: Response, request: Request, origins: Origins): void {
  if (origins.size === 0) return
  response.headers.append('Vary', 'Origin')
  const origin = request.headers.get('origin')
  if (origin === null || !origins.has(origin)) return
  response.headers.set('Access-Control-Allow-Origin', origin)
  response.headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
}

/** The answer to what a browser asks before it lets a page of a named origin ask; undefined for any other request. */
export function preflightAnswer(request: Request, origins: Origins): Response | undefined {
  const { headers, method } = request
  const isPreflight = method === 'OPTIONS' && headers.has('access-control-request-method')
  if (!isPreflight || !origins.has(headers.get('origin') ?? '')) return undefined
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      'Access-Control-Max-Age': '600',
    },
  })
}

/** A proxy in front of this server may say in another header which host was asked. */
function isOwnOrigin(origin: string, headers: Headers): boolean {
  const host = URL.canParse(origin) ? new URL(origin).host : undefined
  return host !== undefined && [hostOf(headers), headers.get('x-forwarded-host')].includes(host)
}
