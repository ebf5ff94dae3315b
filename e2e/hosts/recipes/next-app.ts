// What the fresh apps of Next's App Router have in common: the pages that their author adds, and what is asked of them.
import type { Command, Host, Sent } from '../host'

const PAGE = `
export default async function Order({ params }) {
  const { id } = await params
  if (id === 'broken') throw new RangeError('no such order')
  return <p>Order {id}</p>
}
`

/** With `cacheComponents` what a request alone knows comes after the rest of the page, whose head is written by then. */
const LATER_PAGE = `
import { Suspense } from 'react'
// hearth

async function Order({ params }) {
  const { id } = await params
// hearth
  if (id === 'broken') throw new RangeError('no such order')
  return <p>Order {id}</p>
}

export default function Page({ params }) {
  return <Suspense fallback="..."><Order params={params} /></Suspense>
}
`

const HANDLER = `
// hearth
export async function GET(request, { params }) {
  const { id } = await params
// hearth
  if (id === 'broken') throw new TypeError('no such price')
  return Response.json({ id })
}
export const POST = GET
`

/** In place of that which fetches its fonts from Google during the build. */
const LAYOUT = `
import './globals.css'

export const metadata = { title: 'Shop' }

export default function RootLayout({ children }: Readonly<{ children: React.ReactNode }>) {
  return (
    <html lang="en" className="h-full antialiased">
      <body className="min-h-full flex flex-col">{children}</body>
    </html>
  )
}
`

/** JavaScript, so that no app's own rules for types are in the way. */
export const APP_FILES = {
  'app/layout.tsx': LAYOUT,
  'app/orders/[id]/page.jsx': PAGE,
  'app/api/prices/[id]/route.js': HANDLER,
}

export const LATER_FILES = { ...APP_FILES, 'app/orders/[id]/page.jsx': LATER_PAGE }

export const APP_REQUESTS = appRequests(500)

export const LATER_REQUESTS = appRequests(200)

function appRequests(brokenPageStatus: number): readonly [Sent, ...Sent[]] {
  return [
    { path: '/', times: 3, status: 200, route: '/' },
    { path: '/orders/17', times: 2, status: 200, route: '/orders/[id]' },
    { path: '/orders/broken', status: brokenPageStatus, route: '/orders/[id]', exception: 'render' },
    { path: '/api/prices/1', times: 4, status: 200, route: '/api/prices/[id]' },
    { path: '/api/prices/2', method: 'POST', times: 2, status: 200, route: '/api/prices/[id]' },
    { path: '/api/prices/broken', times: 2, status: 500, route: '/api/prices/[id]', exception: 'route' },
    { path: '/no/such/page?user=4711', status: 404, route: '/_not-found' },
  ]
}

export const NEXT: Pick<Host, 'build' | 'clientFiles' | 'start'> = {
  build: ['node', 'node_modules/next/dist/bin/next', 'build'],
  clientFiles: '.next/static',
  start: { plain: ['node', 'node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'] },
}

/** As its documentation says, with the answers that it offers. */
export function createNextApp(version: string, ...options: string[]): Command {
  return ['npx', '--yes', `create-next-app@${version}`, '.', '--yes', '--disable-git', '--use-npm', ...options]
}

export function below<T>(folder: string, files: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
}
