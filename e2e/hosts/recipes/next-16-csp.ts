// A policy with nonces, as Next's documentation has it, other headers for every path, and `typedRoutes`.
import { filesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { APP_FILES, APP_REQUESTS, createNextApp, NEXT } from './next-app'

const PROXY = `
import type { NextRequest } from 'next/server'
import { NextResponse } from 'next/server'

export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = [
    "default-src 'self'",
    \`script-src 'self' 'nonce-\${nonce}' 'strict-dynamic'\`,
    \`style-src 'self' 'nonce-\${nonce}'\`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

export const config = { matcher: ['/((?!api|_next/static|_next/image|favicon.ico).*)'] }
`

/** Headers for every path, ours among them. */
const CONFIG = `
export default {
  typedRoutes: true,
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Referrer-Policy', value: 'origin' },
        { key: 'Cache-Control', value: 'public, max-age=60' },
      ],
    },
  ],
}
`

/** A page with a nonce is rendered for each request. */
const PAGE = `
import { headers } from 'next/headers'
import Link from 'next/link'

export default async function Home() {
  const nonce = (await headers()).get('x-nonce')
  return <p><Link href="/">Shop</Link> {nonce ? 'with a nonce' : 'without'}</p>
}
`

export const NEXT_16_CSP: Host = {
  ...NEXT,
  name: 'next-16-csp',
  make: [createNextApp('16.4.3', '--no-tailwind')],
  files: {
    ...APP_FILES,
    'app/page.tsx': PAGE,
    'proxy.ts': PROXY,
    'next.config.ts': CONFIG,
  },
  add: NPM_ADD,
  wiring: { ...filesOf('Next.js 15 and 16'), ...filesOf('App Router, on the app’s own port') },
  requests: [{ ...APP_REQUESTS[0], contains: 'with a nonce' }, ...APP_REQUESTS.slice(1)],
  mount: '/hearth',
}
