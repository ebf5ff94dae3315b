// The security headers of all our answers: no framing, no MIME sniffing, no caching.
import { keepHeaders } from '../kept-headers'
import { isMeasured } from './peer'

const NOTHING = "default-src 'none'; frame-ancestors 'none'"

/** Of a page whose scripts and styles are files of ours, or bear the nonce. */
export function pagePolicy(nonce?: string): string {
  const ours = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`
  return policy([`script-src ${ours}`, `style-src ${ours}`, "connect-src 'self'"])
}

/**
 * Of a page that Next renders, whose scripts and styles bear the nonce. Its development server evaluates text and adds styles
 * without a nonce. `assets` is the origin of its files, where that is another one.
 */
export function nextPagePolicy(nonce: string, assets?: string): string {
  const self = assets === undefined ? "'self'" : `'self' ${assets}`
  const ours = `${self} 'nonce-${nonce}'`
  const directives =
    process.env.NODE_ENV === 'development'
      ? [`script-src ${ours} 'unsafe-eval'`, `style-src ${self} 'unsafe-inline'`, "connect-src 'self' ws:"]
      : [`script-src ${ours}`, `style-src ${ours}`, "connect-src 'self'"]
  return policy(directives, self)
}

function policy(directives: readonly string[], self = "'self'"): string {
  const common = [`img-src ${self} data:`, `font-src ${self}`, "base-uri 'none'", "form-action 'self'"]
  return ["default-src 'none'", ...directives, ...common, "frame-ancestors 'none'"].join('; ')
}

/** What pages and data have in common. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/** The response, with the headers; those that it has already are left alone. */
export function secured(response: Response): Response {
  const { headers } = response
  const isPage = headers.get('content-type')?.startsWith('text/html') === true
  const all = { 'Content-Security-Policy': isPage ? pagePolicy() : NOTHING, ...COMMON_HEADERS }
  for (const [name, value] of Object.entries(all)) if (!headers.has(name)) headers.set(name, value)
  return response
}

/** The same as Next is to send it, whatever the app itself sets for the path in its proxy.ts or its configuration. */
export function keptAnswer({ headers }: Request, response: Response): Response {
  return isMeasured(headers) ? keepHeaders(response) : response
}
