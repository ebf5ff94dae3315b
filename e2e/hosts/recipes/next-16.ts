// Next 16 as create-next-app makes it: Turbopack, Tailwind, TypeScript, `cacheComponents`.
import { filesOf, linesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { below, createNextApp, LATER_FILES, LATER_REQUESTS, NEXT } from './next-app'

const VERSION = '16.4.3'

const OWN_METRICS = { 'app/api/prices/[id]/route.js': linesOf('Metrics of your own') }
const PAGE_METRICS = { 'app/orders/[id]/page.jsx': linesOf('Metrics of your own') }

export const NEXT_16_HOSTS: readonly Host[] = [
  {
    ...NEXT,
    name: 'next-16',
    isChosen: true,
    make: [createNextApp(VERSION)],
    files: LATER_FILES,
    add: NPM_ADD,
    wiring: { ...filesOf('Next.js 15 and 16'), ...filesOf('App Router, on the app’s own port'), ...OWN_METRICS },
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
    wiring: below('src', { ...filesOf('Next.js 15 and 16'), ...PAGE_METRICS }),
    requests: LATER_REQUESTS,
  },
]
