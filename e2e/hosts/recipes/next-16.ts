// Next 16 as create-next-app makes it: Turbopack, Tailwind, TypeScript, `cacheComponents`.
import { filesOf, linesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { APP_FILES, APP_REQUESTS, below, createNextApp, LATER_FILES, LATER_REQUESTS, NEXT } from './next-app'

const VERSION = '16.4.3'

const CSS = `turbopack: { rules: { '*.css': { loaders: ['@tailwindcss/turbopack'], as: '*.css' } } }`
const INSTRUMENTATION = filesOf('Next.js 15 and 16')
const ROUTE = filesOf('App Router, on the app’s own port')
const OWN_METRICS = { 'app/api/prices/[id]/route.js': linesOf('Metrics of your own') }
const PAGE_METRICS = { 'app/orders/[id]/page.jsx': linesOf('Metrics of your own') }

/** Sends everybody away from one page, and has to do with all others. */
const PROXY = `
import type { NextRequest } from 'next/server'
import { NextResponse } from 'next/server'

export function proxy(request: NextRequest) {
  if (!request.nextUrl.pathname.startsWith('/admin')) return NextResponse.next()
  return NextResponse.redirect(new URL('/shop/', request.url))
}
`

/** A server of the app's own, as Next's documentation has it. */
const SERVER = `
import { createServer } from 'node:http'
import next from 'next'

const port = Number(process.env.PORT)
const app = next({ dev: false, hostname: '127.0.0.1', port })
const handle = app.getRequestHandler()
await app.prepare()
createServer((request, response) => void handle(request, response)).listen(port, '127.0.0.1')
`

const PNPM = 'pnpm@10.33.0'

export const NEXT_16_HOSTS: readonly Host[] = [
  {
    ...NEXT,
    name: 'next-16',
    isChosen: true,
    isForEachNode: true,
    make: [createNextApp(VERSION)],
    files: LATER_FILES,
    add: NPM_ADD,
    wiring: { ...INSTRUMENTATION, ...ROUTE, ...OWN_METRICS },
    counts: { orders_viewed_total: 8, order_size_items_sum: 24, order_wait_seconds_count: 8 },
    requests: LATER_REQUESTS,
    mount: '/hearth',
  },
  {
    ...NEXT,
    name: 'next-16-src',
    make: [createNextApp(VERSION, '--src-dir')],
    files: below('src', LATER_FILES),
    add: NPM_ADD,
    wiring: below<string | string[]>('src', { ...INSTRUMENTATION, ...PAGE_METRICS }),
    requests: LATER_REQUESTS,
  },
  {
    ...NEXT,
    name: 'next-16-base-path',
    make: [createNextApp(VERSION)],
    files: {
      ...APP_FILES,
      'next.config.ts': `export default { basePath: '/shop', trailingSlash: true, assetPrefix: '/cdn', ${CSS} }\n`,
      'proxy.ts': PROXY,
    },
    add: NPM_ADD,
    wiring: { ...INSTRUMENTATION, ...ROUTE },
    requests: [
      { path: '/shop/', times: 3, status: 200, route: '/' },
      { path: '/shop/orders/17/', times: 2, status: 200, route: '/orders/[id]' },
      { path: '/shop/orders/17', status: 308, route: '(redirect)' },
      { path: '/shop/orders/broken/', status: 500, route: '/orders/[id]', exception: 'render' },
      { path: '/shop/api/prices/2/', method: 'POST', times: 2, status: 200, route: '/api/prices/[id]' },
      { path: '/shop/api/prices/broken/', status: 500, route: '/api/prices/[id]', exception: 'route' },
      { path: '/shop/admin/', status: 307, route: '(redirect)' },
    ],
    mount: '/shop/hearth',
  },
  {
    ...NEXT,
    name: 'next-16-standalone',
    make: [createNextApp(VERSION)],
    files: {
      ...LATER_FILES,
      'next.config.ts': `export default { cacheComponents: true, output: 'standalone', ${CSS} }\n`,
    },
    add: NPM_ADD,
    wiring: { ...INSTRUMENTATION, ...ROUTE },
    start: { plain: ['node', 'server.js'] },
    isStandalone: true,
    requests: LATER_REQUESTS,
    mount: '/hearth',
  },
  {
    ...NEXT,
    name: 'next-16-webpack',
    make: [createNextApp(VERSION, '--no-tailwind')],
    files: { ...APP_FILES, 'next.config.ts': 'export default { typedRoutes: true }\n' },
    add: NPM_ADD,
    build: ['node', 'node_modules/next/dist/bin/next', 'build', '--webpack'],
    wiring: { ...INSTRUMENTATION, ...ROUTE },
    requests: APP_REQUESTS,
    mount: '/hearth',
  },
  {
    ...NEXT,
    name: 'next-16-custom-server',
    make: [createNextApp(VERSION)],
    files: { ...LATER_FILES, 'server.mjs': SERVER },
    add: NPM_ADD,
    wiring: { ...INSTRUMENTATION, ...ROUTE },
    start: { plain: ['node', 'server.mjs'] },
    requests: LATER_REQUESTS,
    mount: '/hearth',
  },
  {
    ...NEXT,
    name: 'next-16-pnpm',
    make: [createNextApp(VERSION, '--skip-install'), ['npx', '--yes', PNPM, 'install']],
    files: LATER_FILES,
    add: ['npx', '--yes', PNPM, 'add'],
    wiring: INSTRUMENTATION,
    requests: LATER_REQUESTS,
  },
]
