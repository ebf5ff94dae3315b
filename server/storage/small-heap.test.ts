// An app with a heap of 96 MB scrapes targets that are too much for it: it lives, serves, and says what was refused.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../../scripts/bundle.mjs'
import type { TargetStatus } from '../scrape/target'
import type { HistoryStatus } from './disk/history'
import type { StorageStatus } from './storage'

const HEAP_MB = 96
/** What Next takes of it, and some pages. */
const TAKEN_MB = 40
const VISIT_SECONDS = 6
const PATIENCE_MS = 120_000

type Told = StorageStatus & { targets: TargetStatus[]; ownNames: string[]; heapUsed: number; history: HistoryStatus }

let program: string
const directory = mkdtempSync(join(tmpdir(), 'small-heap-'))
const children: ChildProcess[] = []
const servers: Server[] = []

beforeAll(async () => {
  program = await bundle(fileURLToPath(new URL('small-heap.program.ts', import.meta.url)))
})
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
  for (const child of children.splice(0)) await end(child)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'close')
}

/** Where these lines can be scraped: those of scrape `n`, counted from 0. */
async function serve(lines: (n: number) => Iterable<string>): Promise<string> {
  let n = 0
  const listener: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
    // Whoever is refused hangs up.
    pipeline(Readable.from(lines(n++)), response, () => {})
  }
  const server = createServer(listener)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
}

/** So many series, which have the same names in every scrape. */
function* series(count: number, value: number, of = ''): Generator<string> {
  for (let i = 0; i < count; i += 100) {
    yield Array.from(
      { length: Math.min(100, count - i) },
      (_, k) =>
        `metric_${(i + k) % 60}_total{series="${of}${i + k}",path="/some/path/${(i + k) % 97}",code="200"} ${value * k}\n`,
    ).join('')
  }
}

/** An app that scrapes these targets, with what it says, and a function that asks it. */
async function startApp(targets: readonly string[], env: Record<string, string> = {}, heapMb = HEAP_MB) {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, program, `${TAKEN_MB}`], {
    env: { ...process.env, SCRAPE_TARGETS: targets.join(), DATA_DIR: '', RETENTION: '5m', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const app = { said: '', child, ask }
  child.stderr.setEncoding('utf8').on('data', (text) => {
    app.said += text
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  let origin = ''
  async function ask(path: string): Promise<string> {
    const answer = await fetch(origin + path, { headers: { connection: 'close' } })
    return answer.text()
  }
  while (!output.includes('port ')) {
    if (child.exitCode !== null) throw new Error(`the app ended: ${app.said}`)
    await sleep(20)
  }
  origin = `http://127.0.0.1:${/port (\d+)/.exec(output)?.[1]}`
  return app
}

/** Visits it all the time, until every target was scraped some times; gives what it says then. */
async function visit({ ask }: Awaited<ReturnType<typeof startApp>>, seconds = VISIT_SECONDS): Promise<Told> {
  for (const endMs = Date.now() + seconds * 1000; Date.now() < endMs; ) {
    expect(await ask('/')).toMatch(/^\d+$/)
    await sleep(20)
  }
  return JSON.parse(await ask('/status'))
}

const OWN = ['requests_total', 'process_cpu_seconds_total', 'hearth_storage_series']

describe(`an app with a heap of ${HEAP_MB} MB`, () => {
  it.each<[string, (n: number) => Iterable<string>, Record<string, string>, RegExp]>([
    ['18,000 series', (n) => series(18_000, n), {}, /more series than SERIES_MEMORY \(16MB\) has room for, some \d{4}/],
    [
      '200,000 series',
      (n) => series(200_000, n),
      { SERIES_LIMIT: '1000000' },
      /more series than SERIES_MEMORY \(16MB\) has room for, some \d{4}/,
    ],
  ])(
    'lives with a target of %s, and says why it is refused',
    async (_, lines, env, reason) => {
      const app = await startApp([await serve(lines)], env)
      const { targets, ownNames, droppedSamples, seriesBytes, memoryLimitBytes } = await visit(app)
      expect(targets.map(({ up }) => up)).toEqual([true, false])
      expect(targets[1]?.lastError).toMatch(reason)
      expect(ownNames).toEqual(expect.arrayContaining(OWN))
      expect(droppedSamples.memoryLimit).toBeGreaterThan(0)
      expect(seriesBytes).toBeLessThanOrEqual(memoryLimitBytes)
      expect(app.said.match(/the scrape of .* failed: .*/g)).toEqual([expect.stringMatching(reason)])
    },
    PATIENCE_MS,
  )

  it(
    'lives with ten targets that fit one by one, and holds of them what fits',
    async () => {
      const urls = await Promise.all(Array.from({ length: 10 }, () => serve((n) => series(2500, n))))
      const app = await startApp(urls)
      const { targets, ownNames, seriesCount, seriesBytes, memoryLimitBytes } = await visit(app)
      expect(targets[0]?.up).toBe(true)
      expect(targets.filter(({ up }) => up === false).length).toBeGreaterThanOrEqual(5)
      expect(ownNames).toEqual(expect.arrayContaining(OWN))
      expect(seriesCount).toBeGreaterThan(2000)
      expect(seriesBytes).toBeLessThanOrEqual(memoryLimitBytes)
    },
    PATIENCE_MS,
  )

  it(
    'lives with a target whose series are others at each scrape',
    async () => {
      const app = await startApp([await serve((n) => series(3000, n, `${n}_`))])
      const { ownNames, seriesBytes, memoryLimitBytes, droppedSamples } = await visit(app)
      expect(ownNames).toEqual(expect.arrayContaining(OWN))
      expect(seriesBytes).toBeLessThanOrEqual(memoryLimitBytes)
      expect(droppedSamples.memoryLimit).toBeGreaterThan(0)
      expect(app.said).toMatch(/series take all of SERIES_MEMORY \(16MB\): new ones are refused/)
    },
    PATIENCE_MS,
  )

  it(
    'lives with the history that a process with a larger heap has left',
    async () => {
      const target = await serve((n) => series(18_000, n))
      const env = { DATA_DIR: join(directory, 'left'), FLUSH_INTERVAL: '1s' }
      const large = await startApp([target], { ...env, SCRAPE_INTERVAL: '2s', SERIES_MEMORY: '1GB' }, 1024)
      for (;;) {
        const { targets, seriesCount, history } = await visit(large, 2)
        if (targets[1]?.up && seriesCount > 18_000 && history.flushes > 10) break
      }
      await end(large.child)
      const small = await startApp([], env)
      let told = await visit(small)
      while (told.history.state !== 'disk') told = await visit(small, 1)
      const { history, ownNames, seriesCount, seriesBytes, memoryLimitBytes } = told
      expect(history.failures).toBe(0)
      expect(history.loadedMs).toBeGreaterThan(0)
      expect(seriesCount).toBeGreaterThan(4000)
      expect(seriesBytes).toBeLessThanOrEqual(memoryLimitBytes)
      expect(ownNames).toEqual(expect.arrayContaining(OWN))
      expect(small.said).toMatch(/SERIES_MEMORY has no room for \d+ series of the history in /)
    },
    PATIENCE_MS,
  )
})
