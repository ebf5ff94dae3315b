// A policy with nonces, as Next's documentation has it, other headers for every path, and `typedRoutes`.
import { filesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { NONCE_PROXY } from '../nonce-proxy'
import { APP_FILES, APP_REQUESTS, createNextApp, NEXT } from './next-app'

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
    'proxy.ts': NONCE_PROXY,
    'next.config.ts': CONFIG,
  },
  add: NPM_ADD,
  wiring: { ...filesOf('Next.js 15 and 16'), ...filesOf('App Router, on the app’s own port') },
  requests: [{ ...APP_REQUESTS[0], contains: 'with a nonce' }, ...APP_REQUESTS.slice(1)],
  mount: '/hearth',
}
