// The versions of Next before 16, which build with webpack.
import { filesOf } from '../document'
import type { Host } from '../host'
import { NPM_ADD } from '../host'
import { APP_FILES, APP_REQUESTS, createNextApp, NEXT } from './next-app'

/** It asks for them otherwise. */
const PLACES = ['--no-src-dir', '--import-alias', '@/*'] as const

/** In place of that which asks nextjs.org for its pictures. */
const HOME = `
export default function Home() {
  return <h1 className="text-xl">Shop</h1>
}
`

const FILES = { ...APP_FILES, 'app/page.tsx': HOME }

export const OLDER_NEXT_HOSTS: readonly Host[] = [
  {
    ...NEXT,
    name: 'next-15',
    make: [createNextApp('15.5.28')],
    files: FILES,
    add: NPM_ADD,
    wiring: { ...filesOf('Next.js 15 and 16'), ...filesOf('App Router, on the app’s own port') },
    requests: APP_REQUESTS,
    mount: '/hearth',
  },
  {
    ...NEXT,
    name: 'next-14',
    make: [
      [
        'npx',
        '--yes',
        'create-next-app@14.2.35',
        '.',
        '--use-npm',
        '--ts',
        '--tailwind',
        '--no-eslint',
        '--app',
        ...PLACES,
      ],
    ],
    files: FILES,
    add: NPM_ADD,
    wiring: { ...filesOf('Next.js 14'), ...filesOf('App Router, on the app’s own port') },
    // It tells nobody of errors.
    requests: [APP_REQUESTS[0], ...APP_REQUESTS.slice(1).map((sent) => ({ ...sent, exception: undefined }))],
    mount: '/hearth',
  },
]
