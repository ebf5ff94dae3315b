// The Pages Router of Next 16, with languages.
import { filesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { createNextApp, NEXT } from './next-app'

/** In place of that which fetches its fonts from Google during the build. */
const HOME = `
export default function Home() {
  return <h1>Shop</h1>
}
`

const ORDER = `
export async function getServerSideProps({ params }) {
  if (params.id === 'broken') throw new RangeError('no such order')
  return { props: { id: params.id } }
}

export default function Order({ id }) {
  return <p>Order {id}</p>
}
`

const PRICE = `
export default function handler(request, response) {
  if (request.query.id === 'broken') throw new TypeError('no such price')
  response.json({ id: request.query.id })
}
`

const CONFIG = `
export default {
  i18n: { locales: ['en', 'fr'], defaultLocale: 'en', localeDetection: false },
  turbopack: { rules: { '*.css': { loaders: ['@tailwindcss/turbopack'], as: '*.css' } } },
}
`

export const PAGES_ROUTER: Host = {
  ...NEXT,
  name: 'next-16-pages',
  make: [createNextApp('16.4.3', '--no-app')],
  files: {
    'next.config.ts': CONFIG,
    'pages/index.tsx': HOME,
    'pages/orders/[id].jsx': ORDER,
    'pages/api/prices/[id].js': PRICE,
  },
  add: NPM_ADD,
  wiring: { ...filesOf('Next.js 15 and 16'), ...filesOf('Pages Router, on the app’s own port') },
  requests: [
    { path: '/', times: 3, status: 200, route: '/' },
    { path: '/orders/17', times: 2, status: 200, route: '/orders/[id]' },
    { path: '/fr/orders/18', times: 2, status: 200, route: '/orders/[id]' },
    { path: '/orders/broken', status: 500, route: '/orders/[id]', exception: 'render' },
    { path: '/api/prices/2', method: 'POST', times: 2, status: 200, route: '/api/prices/[id]' },
    { path: '/api/prices/broken', times: 2, status: 500, route: '/api/prices/[id]', exception: 'route' },
  ],
  mount: '/api/hearth',
}
