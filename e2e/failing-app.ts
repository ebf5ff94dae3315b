// An app in which everything fails that can: it is written into .cache/, where it finds this repository's packages.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { freePort } from './free-port'
import type { Program } from './program'
import { startProgram } from './program'

type Files = Readonly<Record<string, string>>

const ROOT = join(import.meta.dirname, '..')

const COMMON: Files = {
  'package.json': '{ "private": true, "type": "module" }',
  'jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["../../../*"] } } }',
  'next.config.js': `
export default {
  turbopack: { root: ${JSON.stringify(ROOT)} },
  serverExternalPackages: ['prom-client', 'libsql'],
  agentRules: false,
  experimental: { agentUpgrade: false },
}`,
  'instrumentation.js': `
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('@/package/begin')).begin()
}
export async function onRequestError(...report) {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  await (await import('@/server/instrument/request-error')).recordRequestError(...report)
}`,
  'proxy.js': `
import { NextResponse } from 'next/server'
export default async function proxy(request) {
  const { pathname } = request.nextUrl
  if (pathname.startsWith('/proxy/throws')) throw new RangeError('no such tenant')
  if (pathname.startsWith('/proxy/answers')) return NextResponse.json({ reason: 'closed' }, { status: 500 })
  return NextResponse.next()
}`,
  'app/layout.jsx': 'export default ({ children }) => <html><body>{children}</body></html>',
  'app/page.jsx': 'export default () => <p>here</p>',
  'app/global-error.jsx': `'use client'\nexport default () => <html><body>failed</body></html>`,
  'app/fresh/[id]/page.jsx': `
export const revalidate = 1
export const generateStaticParams = () => []
export default async function Page({ params }) {
  throw new RangeError('no such thing: ' + (await params).id)
}`,
  'app/dynamic/[id]/page.jsx': `
export const dynamic = 'force-dynamic'
export default async function Page({ params }) {
  throw new RangeError('no such thing: ' + (await params).id)
}`,
  'app/titled/page.jsx': `
export const dynamic = 'force-dynamic'
export const generateMetadata = () => { throw new RangeError('no title') }
export default () => <p>titled</p>`,
  'app/form/page.jsx': `
export const dynamic = 'force-dynamic'
async function send() { 'use server'; throw new RangeError('not sent') }
export default () => <form action={send}><button>send</button></form>`,
  'app/api/things/[id]/route.js': `
export const dynamic = 'force-dynamic'
export function GET() { throw new RangeError('no such thing') }`,
}

/** What lies beside `app/` in an app that has moved to it in part. */
const PAGES: Files = {
  'pages/old/[id].jsx': `
export function getServerSideProps({ params }) {
  if (params.id === 'gone') return { notFound: true }
  throw new RangeError('no such order')
}
export default () => <p>old</p>`,
  'pages/stale/[id].jsx': `
export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' })
export const getStaticProps = () => { throw new RangeError('no such order') }
export default () => <p>stale</p>`,
  'pages/api/old.js': `export default () => { throw new RangeError('no such price') }`,
}

const OWN_ERROR_PAGES: Files = {
  'pages/404.jsx': 'export default () => <p>nothing</p>',
  'pages/500.jsx': 'export default () => <p>failed</p>',
}

export const APPS = {
  'app/ alone': COMMON,
  'app/ beside pages/': { ...COMMON, ...PAGES },
  'app/ beside pages/ with error pages': { ...COMMON, ...PAGES, ...OWN_ERROR_PAGES },
} satisfies Record<string, Files>

export type AppName = keyof typeof APPS

export type FailingApp = Program & { url: string; metrics: string }

const NEXT = join(ROOT, 'node_modules/next/dist/bin/next')
const ENV = { NEXT_TELEMETRY_DISABLED: '1', DATA_DIR: '' }

/** Writes it, builds it where it is to be served by `start`, and starts it. Throws what a build said that failed. */
export async function startFailingApp(name: AppName, mode: 'start' | 'dev'): Promise<FailingApp> {
  const folder = join(ROOT, '.cache', 'failing-app', name.replaceAll(/\W+/g, '-'))
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of Object.entries(APPS[name])) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (mode === 'start') {
    const build = startProgram(process.execPath, [NEXT, 'build'], ENV, folder)
    if ((await build.ended) !== 0) throw new Error(`The app (${name}) can't be built:\n${build.output()}`)
  }
  const [port, ownPort] = [await freePort(), await freePort()]
  const env = { ...ENV, HEARTH_PORT: `${ownPort}` }
  const program = startProgram(process.execPath, [NEXT, mode, '-p', `${port}`, '-H', '127.0.0.1'], env, folder)
  return { ...program, url: `http://127.0.0.1:${port}`, metrics: `http://127.0.0.1:${ownPort}/metrics` }
}
