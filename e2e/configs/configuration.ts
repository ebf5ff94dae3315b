// The configurations of Next that this repository must hold with, as somebody who has cloned it would write them.

import { NONCE_PROXY } from '../hosts/nonce-proxy'

export type Configuration = {
  name: string
  /** Whether it is the one that `npm test` takes. */
  isChosen?: boolean
  /** What is added to the object in next.config.js. `ASSETS` in it is the origin of a server that has the files for browsers. */
  config: string
  /** Files that are added, by path. */
  files?: Readonly<Record<string, string>>
  /** What is added to `next build`. */
  buildOptions?: readonly string[]
  /** Whether it runs from `.next/standalone`, in a folder of its own. */
  isStandalone?: boolean
  /** Whether it also runs where nothing can be written, as a container may. */
  isReadOnly?: boolean
  /** Next's `basePath`. */
  base?: string
  /** The end of every path: a slash with `trailingSlash`. */
  slash?: '' | '/'
  /** The status of a page that throws, where it isn't 500. */
  brokenPageStatus?: number
  /** The Content-Security-Policy of its pages, where its own proxy.ts sets one. */
  policy?: RegExp
  /** What is sent besides, with the status and the route of each. */
  requests?: readonly { path: string; status: number; route: string; exception?: 'render' | 'route' }[]
}

const OLD_PAGE = `
import { useSearchParams } from 'next/navigation'

export default function OldOrder({ id }: { id: string }) {
  return <p>Order {id} {useSearchParams()?.get('size')}</p>
}

export async function getServerSideProps({ params }: { params: { id: string } }) {
  if (params.id === 'broken') throw new RangeError('no such order')
  return { props: { id: params.id } }
}
`

const OLD_API = `
import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(request: NextApiRequest, response: NextApiResponse) {
  if (request.query.id === 'broken') throw new TypeError('no such price')
  response.json({ id: request.query.id })
}
`

export const CONFIGURATIONS: readonly Configuration[] = [
  {
    name: 'base path, trailing slash and standalone',
    isChosen: true,
    config: "basePath: '/tools', trailingSlash: true, output: 'standalone'",
    isStandalone: true,
    isReadOnly: true,
    base: '/tools',
    slash: '/',
  },
  { name: 'a base path', config: "basePath: '/tools'", base: '/tools' },
  { name: 'a trailing slash', config: 'trailingSlash: true', slash: '/' },
  {
    name: 'cacheComponents',
    config: 'cacheComponents: true, partialPrefetching: true',
    // Its head is written before it throws.
    brokenPageStatus: 200,
  },
  {
    name: 'a pages folder, and typed routes',
    config: 'typedRoutes: true',
    files: { 'pages/old/[id].tsx': OLD_PAGE, 'pages/api/old/[id].ts': OLD_API },
    requests: [
      { path: '/old/17', status: 200, route: '/old/[id]' },
      { path: '/old/broken', status: 500, route: '/old/[id]', exception: 'render' },
      { path: '/api/old/17', status: 200, route: '/api/old/[id]' },
      { path: '/api/old/broken', status: 500, route: '/api/old/[id]', exception: 'route' },
    ],
  },
  { name: 'webpack, standalone', config: "output: 'standalone'", buildOptions: ['--webpack'], isStandalone: true },
  {
    name: 'a policy with nonces',
    config: '',
    files: { 'proxy.ts': NONCE_PROXY },
    policy: /script-src 'self' 'nonce-\S+' 'strict-dynamic'/,
  },
  { name: 'files for browsers from another origin', config: 'assetPrefix: ASSETS' },
  { name: 'files for browsers below another path', config: "assetPrefix: '/files'" },
]
