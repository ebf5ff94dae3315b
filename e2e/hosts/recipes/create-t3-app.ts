// create-t3-app, whose own tRPC is at /api/trpc, and which has rules of its own for types.
import { filesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { below, NEXT } from './next-app'

/** In place of that which fetches its fonts from Google during the build. */
const LAYOUT = `
import '~/styles/globals.css'
import { TRPCReactProvider } from '~/trpc/react'

export const metadata = { title: 'Shop', icons: [{ rel: 'icon', url: '/favicon.ico' }] }

export default function RootLayout({ children }: Readonly<{ children: React.ReactNode }>) {
  return (
    <html lang="en">
      <body><TRPCReactProvider>{children}</TRPCReactProvider></body>
    </html>
  )
}
`

const ORDER = `
import { api } from '~/trpc/server'

export default async function Order({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (id === 'broken') throw new RangeError('no such order')
  const { greeting } = await api.post.hello({ text: id })
  return <p>{greeting}</p>
}
`

/** As its client asks it: superjson in a batch. */
const HELLO = encodeURIComponent('{"0":{"json":{"text":"shop"}}}')

const ANSWERS = ['--trpc', '--tailwind', '--appRouter'].flatMap((option) => [option, 'true'])
const REFUSED = ['--nextAuth', '--betterAuth', '--prisma', '--drizzle', '--eslint', '--biome']

export const CREATE_T3_APP: Host = {
  ...NEXT,
  name: 'create-t3-app',
  make: [
    [
      'npx',
      '--yes',
      'create-t3-app@7.40.0',
      '.',
      '--CI',
      '--noGit',
      ...ANSWERS,
      ...REFUSED.flatMap((option) => [option, 'false']),
    ],
  ],
  files: { 'src/app/layout.tsx': LAYOUT, 'src/app/orders/[id]/page.tsx': ORDER },
  add: NPM_ADD,
  wiring: below('src', { ...filesOf('Next.js 15 and 16'), ...filesOf('App Router, on the app’s own port') }),
  requests: [
    { path: '/', times: 3, status: 200, route: '/', contains: 'Hello from tRPC' },
    { path: '/orders/17', times: 2, status: 200, route: '/orders/[id]', contains: 'Hello 17' },
    { path: '/orders/broken', status: 500, route: '/orders/[id]', exception: 'render' },
    {
      path: `/api/trpc/post.hello?batch=1&input=${HELLO}`,
      times: 4,
      status: 200,
      route: '/api/trpc/[trpc]',
      contains: 'Hello shop',
    },
    { path: '/api/trpc/metrics.status', status: 404, route: '/api/trpc/[trpc]', contains: 'NOT_FOUND' },
    { path: '/no/such/page?user=4711', status: 404, route: '/_not-found' },
  ],
  mount: '/hearth',
}
