// What the package costs an app that create-next-app has just made: its build, with `.next` deleted before each, its bundles and
// its start, with and without in turn; and what it takes from such an app to a dashboard that shows a request of it. It installs
// the tarball of the last `npm run package`, and takes the rest from npm's registry.
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { freePort } from '../e2e/free-port'
import { makeApp } from '../e2e/hosts/app'
import { filesOf } from '../e2e/hosts/document'
import type { Command, Host } from '../e2e/hosts/host'
import { createNextApp, LATER_FILES, LATER_REQUESTS, NEXT } from '../e2e/hosts/recipes/next-app'
import { startApp } from '../e2e/hosts/running-app'
import { Overview } from '../e2e/pages/overview'
import { startProgram } from '../e2e/program'
import { untilAnswered } from '../e2e/until-answered'
import { CHROMIUM_SWITCHES, findChromium } from '../scripts/find-chromium.mjs'
import { readOptions } from './options'
import type { Row } from './report'
import { report } from './report'

const TARBALL = join(process.cwd(), 'dist', 'hearth-metrics-0.1.0.tgz')
const BUILD = ['node', 'node_modules/next/dist/bin/next', 'build'] as const
const PATIENCE_MS = 120_000

const { rounds, starts } = readOptions('host-app.soak.ts')

const host: Host = {
  ...NEXT,
  name: 'create-next-app',
  make: [createNextApp('16.4.3')],
  files: LATER_FILES,
  add: ['npm', 'install'],
  wiring: { ...filesOf('Next.js 15 and 16'), ...filesOf('App Router, on the app’s own port') },
  requests: LATER_REQUESTS,
}

/** One figure of a round each. */
type Figures = { buildSeconds: number[]; startSeconds: number[]; clientKb: number[]; serverKb: number[] }
const figures = (): Figures => ({ buildSeconds: [], startSeconds: [], clientKb: [], serverKb: [] })

const { app } = await makeApp(host)
try {
  const path = await pathToDashboard()
  const [without, having] = [figures(), figures()]
  for (let round = 0; round < rounds; round++) {
    for (const file of Object.keys(host.wiring)) rmSync(join(app.folder, file), { force: true })
    await measure(without)
    app.wire(host.wiring)
    await measure(having)
  }
  const row = (name: string, unit: string, of: keyof Figures): Row => ({
    name,
    unit,
    figures: having[of],
    against: { name: 'without', figures: without[of] },
  })
  report(`The package in an app of create-next-app, ${rounds} rounds, the median of ${starts} starts in each`, [
    row('next build, with .next deleted before', 's', 'buildSeconds'),
    row('next start, to the answer of the first page', 's', 'startSeconds'),
    row('what browsers can be sent, .next/static', 'kB', 'clientKb'),
    row('the server’s bundles, .next/server', 'kB', 'serverKb'),
    ...path,
  ])
} finally {
  app.remove()
}

/** Adds what there is now. */
async function measure(into: Figures): Promise<void> {
  rmSync(join(app.folder, '.next'), { recursive: true, force: true })
  into.buildSeconds.push(await app.run(BUILD))
  const seconds: number[] = []
  for (let start = 0; start < starts; start++) {
    const server = await startApp(host, app, host.start.plain)
    seconds.push(server.startSeconds)
    await server.stop()
  }
  into.startSeconds.push(seconds.sort((a, b) => a - b)[Math.floor(starts / 2)] ?? Number.NaN)
  into.clientKb.push(kilobytes('.next/static'))
  into.serverKb.push(kilobytes('.next/server'))
}

/** Two commands, and the app's own to start it: until the dashboard shows the request that was just made. */
async function pathToDashboard(): Promise<Row[]> {
  const install: Command = ['npm', 'install', TARBALL]
  const init: Command = ['npx', 'hearth-metrics', 'init', '--yes', '--no-install']
  const startMs = performance.now()
  const commandSeconds = [await app.run(install), await app.run(init)]
  const [port, ownPort] = [await freePort(), await freePort()]
  const dev = startProgram(
    'npm',
    ['run', 'dev'],
    { PORT: `${port}`, HEARTH_PORT: `${ownPort}`, NEXT_TELEMETRY_DISABLED: '1' },
    app.folder,
  )
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_SWITCHES })
  try {
    await untilAnswered(dev, `http://127.0.0.1:${port}/`)
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${ownPort}/`)
    const overview = new Overview(page)
    while (!((await overview.total()) >= 1)) {
      if (performance.now() > startMs + PATIENCE_MS) throw new Error(`nothing is shown. ${dev.output()}`)
      await sleep(50)
    }
    const allSeconds = (performance.now() - startMs) / 1000
    const aim = { bound: 'at most', limit: 60, of: 'figure' } as const
    return [
      { name: 'npm install and init', unit: 's', figures: [commandSeconds.reduce((a, b) => a + b, 0)] },
      { name: 'from the app to the dashboard that shows a request of it', unit: 's', figures: [allSeconds], aim },
    ]
  } finally {
    await browser.close()
    await dev.stop()
  }
}

function kilobytes(folder: string): number {
  const root = join(app.folder, folder)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(root, name)))
    .filter((entry) => entry.isFile())
    .reduce((sum, { size }) => sum + size / 1000, 0)
}
