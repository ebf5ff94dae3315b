// What every answer of ours tells a browser: nothing of it is to be framed, guessed at, or kept.
import { createHash } from 'node:crypto'

const NOTHING = "default-src 'none'; frame-ancestors 'none'"

/** Of a page whose scripts and styles are files of ours, or bear the nonce. */
export function pagePolicy(nonce?: string): string {
  const ours = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`
  return policy([`script-src ${ours}`, `style-src ${ours}`, "connect-src 'self'"])
}

/**
 * Of a page that Next renders: what it writes into the page bears the nonce, `script` is the one that doesn't, and style
 * attributes are allowed, which set no more than how an element looks. Its development server evaluates text and adds
 * styles without a nonce.
 */
export function nextPagePolicy(nonce: string, script: string): string {
  const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`
  if (process.env.NODE_ENV === 'development') {
    return policy([
      `script-src 'self' 'nonce-${nonce}' ${hash} 'unsafe-eval'`,
      "style-src 'self' 'unsafe-inline'",
      "connect-src 'self' ws:",
    ])
  }
  const ours = `'self' 'nonce-${nonce}'`
  return policy([
    `script-src ${ours} ${hash}`,
    `style-src ${ours}`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
  ])
}

function policy(directives: readonly string[]): string {
  const common = ["img-src 'self' data:", "font-src 'self'", "base-uri 'none'", "form-action 'self'"]
  return ["default-src 'none'", ...directives, ...common, "frame-ancestors 'none'"].join('; ')
}

/** The response, with the headers; those that it has already are left alone. */
export function secured(response: Response): Response {
  const { headers } = response
  const set = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value)
  }
  const isPage = headers.get('content-type')?.startsWith('text/html') === true
  set('Content-Security-Policy', isPage ? pagePolicy() : NOTHING)
  set('X-Content-Type-Options', 'nosniff')
  set('X-Frame-Options', 'DENY')
  set('Referrer-Policy', 'no-referrer')
  set('Cross-Origin-Resource-Policy', 'same-origin')
  set('Cache-Control', 'no-store')
  return response
}
