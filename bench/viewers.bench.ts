// What viewers of the overview cost `next start`, all at one question and one event a second: how long it takes until all
// who come together have their picture, what they cost while they are there, what is left when they are gone, and how
// long `GET /` waits meanwhile. Then viewers that never read.
// Aims for 1,000: all live within 5 s, a third of a core, lag p99 250 ms, 200 KB each, given back when they leave.
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { boardExprs } from '../app/dashboard/_boards/board-exprs'
import { overview } from '../app/dashboard/_boards/overview'
import { toTargetMatchers } from '../app/dashboard/_boards/target-matchers'
import { deflated } from '../app/dashboard/_live/deflated'
import { toVariables } from '../app/dashboard/_state/to-variables'
import { DEFAULT_VIEW } from '../app/dashboard/_state/view'
import { sendTraffic } from '../scripts/demo-traffic.mjs'
import type { MeasuredServer } from './measured-process'
import { startMeasured } from './measured-process'
import { readOptions } from './options'
import { quantile } from './quantile'
import type { Aim, Row } from './report'
import { report } from './report'

const SIZES = [100, 300, 500, 1_000]
const OPENING_LIMIT_MS = 60_000
const GIVEN_BACK_AFTER_MS = 60_000
const PROBE_EVERY_MS = 20
/** The aims are those of a thousand viewers. */
const AIMED_AT = 1_000

// `most` and `least` leave out sizes; `warm` and `seconds` are the seconds of history before and of watching.
const options = readOptions('viewers.bench.ts')

type Opened = { firstMs: (number | null)[]; statuses: Record<string, number>; bytes: number }
type Heard = { lags: number[]; bytes: number; open: number }
type Client = { ask<Answer>(question: object): Promise<Answer>; stop(): void }

for (const size of SIZES.filter((size) => size >= options.least && size <= options.most)) {
  await withServer(size, (server, client, url) => reportReaders(size, server, client, url))
}
await withServer(options.unread, reportUnread)

async function withServer(
  viewers: number,
  use: (server: MeasuredServer, client: Client, url: string) => Promise<void>,
): Promise<void> {
  const env = { DEMO_ROUTES: '1', LIVE_STREAMS: `${viewers + 10}` }
  const server = await startMeasured(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'], env)
  const client = startClient()
  try {
    // Next loads the code of a route at its first request.
    await (await fetch(`${server.url}/api/trpc/metrics.status`)).arrayBuffer()
    await sendTraffic(server.url, options.warm * 1000, new AbortController().signal)
    await use(server, client, `${server.url}/api/trpc/metrics.live?input=${encodeURIComponent(await question(server))}`)
  } finally {
    client.stop()
    await server.stop()
  }
}

/** The overview, as its page asks for it. */
async function question({ url }: MeasuredServer): Promise<string> {
  const target = toTargetMatchers({ job: 'hearth', instance: new URL(url).host })
  const variables = toVariables({ ...DEFAULT_VIEW, rangeMs: options.range * 60_000 }, 1000, target)
  const { rangeMs, stepMs } = variables
  return JSON.stringify(await deflated({ ...boardExprs(overview, variables), rangeMs, stepMs }))
}

async function reportReaders(size: number, server: MeasuredServer, client: Client, url: string): Promise<void> {
  const idle = await measureIdle(server)
  await server.longestStallMs()
  const opening = await probing(server, () =>
    client.ask<Opened>({ ask: 'open', url, count: size, reads: true, limitMs: OPENING_LIMIT_MS }),
  )
  const { firstMs, statuses, bytes } = opening.result
  const stallMs = await server.longestStallMs()
  await sleep(3_000)
  const cpuBefore = await server.cpuMicros()
  const watching = await probing(server, () => client.ask<Heard>({ ask: 'listen', limitMs: options.seconds * 1000 }))
  const cores = ((await server.cpuMicros()) - cpuBefore) / 1e6 / options.seconds
  const { lags } = watching.result
  const open = await server.memory()
  await client.ask({ ask: 'close' })
  await sleep(GIVEN_BACK_AFTER_MS)
  const left = await server.memory()

  const inTime = firstMs.filter((ms) => ms !== null)
  const aim = (bound: Aim['bound'], limit: number): Pick<Row, 'aim'> =>
    size === AIMED_AT ? { aim: { bound, limit, of: 'figure' } } : {}
  report(
    `${size} viewers of the overview at ${options.range} min, one event a second ` +
      `(answers: ${JSON.stringify(statuses)}, ${inTime.length} had an event; ` +
      `${(bytes / size / 1000).toFixed(0)} KB until then; a busy core at rest: ${idle.cores.toFixed(2)})`,
    [
      row(
        'until all had their first event',
        's',
        (inTime.length < size ? OPENING_LIMIT_MS : Math.max(...inTime)) / 1000,
        aim('at most', 5),
      ),
      row('until half of them had', 's', quantile(inTime, 0.5) / 1000),
      row('longest wait of GET / meanwhile', 'ms', opening.longestMs),
      row('longest stall of the event loop meanwhile', 'ms', stallMs),
      row('cores while they are open', '', cores, aim('at most', 0.33)),
      row('events a viewer had in a second', '', lags.length / size / options.seconds),
      row('lag of an event, p50', 'ms', quantile(lags, 0.5)),
      row('lag of an event, p99', 'ms', quantile(lags, 0.99), aim('at most', 250)),
      row('longest wait of GET / while they are open', 'ms', watching.longestMs),
      ...memoryRows('each viewer adds while open', size, idle.memory, open, aim('at most', 200)),
      ...memoryRows('each has left behind a minute after', size, idle.memory, left),
      row(
        'resident, before, while open, after',
        'MB',
        [idle.memory.rss, open.rss, left.rss].map((bytes) => bytes / 1e6),
      ),
    ],
  )
}

/** They ask, and never read a byte. */
async function reportUnread(server: MeasuredServer, client: Client, url: string): Promise<void> {
  const idle = await measureIdle(server)
  const count = options.unread
  const opening = await probing(server, () =>
    client.ask<Opened>({ ask: 'open', url, count, reads: false, limitMs: options.seconds * 1000 }),
  )
  const open = await server.memory()
  await sleep(GIVEN_BACK_AFTER_MS)
  const later = await server.memory()
  const { open: stillOpen } = await client.ask<Heard>({ ask: 'listen', limitMs: 100 })
  await client.ask({ ask: 'close' })
  await sleep(GIVEN_BACK_AFTER_MS)
  const left = await server.memory()
  report(`${count} viewers that never read (${stillOpen} were connected at the end)`, [
    row('longest wait of GET / while they open', 'ms', opening.longestMs),
    ...memoryRows(`each adds after ${options.seconds} s`, count, idle.memory, open),
    ...memoryRows('each adds a minute later', count, idle.memory, later),
    ...memoryRows('each has left behind a minute after', count, idle.memory, left),
  ])
}

async function measureIdle(server: MeasuredServer) {
  const memory = await server.memory()
  const before = await server.cpuMicros()
  await probing(server, () => sleep(5_000))
  return { memory, cores: ((await server.cpuMicros()) - before) / 5e6 }
}

/** Asks for `/` again and again while `work` goes on, and tells its longest wait. */
async function probing<T>({ url }: MeasuredServer, work: () => Promise<T>): Promise<{ result: T; longestMs: number }> {
  let isOver = false
  let longestMs = 0
  const probe = async () => {
    while (!isOver) {
      const begunMs = performance.now()
      await (await fetch(`${url}/`)).arrayBuffer()
      longestMs = Math.max(longestMs, performance.now() - begunMs)
      await sleep(PROBE_EVERY_MS)
    }
  }
  const probes = probe()
  const result = await work()
  isOver = true
  await probes
  return { result, longestMs }
}

type Memory = Awaited<ReturnType<MeasuredServer['memory']>>

function memoryRows(name: string, viewers: number, before: Memory, after: Memory, aim?: Pick<Row, 'aim'>): Row[] {
  const perViewer = (of: keyof Memory) => (after[of] - before[of]) / viewers / 1000
  return [
    row(`heap and buffers that ${name}`, 'KB', perViewer('used')),
    row(`resident memory that ${name}`, 'KB', perViewer('rss'), aim),
  ]
}

function row(name: string, unit: string, figures: number | number[], aim?: Pick<Row, 'aim'>): Row {
  return { name, unit, figures: [figures].flat(), ...aim }
}

function startClient(): Client {
  const child: ChildProcess = fork('./bench/viewers-client.mjs')
  const kill = () => child.kill()
  process.once('exit', kill)
  return {
    async ask<Answer>(question: object) {
      const answer = once(child, 'message')
      child.send(question)
      const [message] = await answer
      return message as Answer
    },
    stop() {
      process.off('exit', kill)
      kill()
    },
  }
}
