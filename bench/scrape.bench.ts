// What a scrape of 100,000 lines means for the other requests of `next start`: how long one of them may wait. The longest
// turn of the event loop is what the scrape itself makes a request wait; what a clock tells has the machine in it.
import { Agent, get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from '../server/exposition/format'
import { startMeasured } from './measured-process'
import type { Row } from './report'
import { report } from './report'

const ROUNDS = 10
const LIMIT_MS = 20
/** One request after the other, with this between them. */
const PAUSE_MS = 2

const KINDS = {
  text: { accept: PROMETHEUS_CONTENT_TYPE, 'accept-encoding': 'identity' },
  OpenMetrics: { accept: OPENMETRICS_CONTENT_TYPE, 'accept-encoding': 'identity' },
  'OpenMetrics, gzip': { accept: OPENMETRICS_CONTENT_TYPE, 'accept-encoding': 'gzip' },
}

const registry = fileURLToPath(new URL('large-registry.server.mjs', import.meta.url))
const next = ['--import', registry, 'node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1']
// Its own scrape would be work of another kind.
const server = await startMeasured(next, { SCRAPE_INTERVAL: '1h', RETENTION: '2h' })
const agent = new Agent({ keepAlive: true })

const rows: Row[] = []
for (const [kind, headers] of Object.entries(KINDS)) {
  const turns: number[] = []
  const waits: number[] = []
  const idleWaits: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    idleWaits.push(await longestWait(setTimeout(300)))
    await server.longestTurnMs()
    const scrape = ask('/metrics', headers)
    waits.push(await longestWait(scrape))
    turns.push(await server.longestTurnMs())
    const bytes = await scrape
    if (bytes < 500_000) throw new Error(`expected a large exposition, got ${bytes} bytes`)
  }
  // The first round compiles.
  const figures = turns.slice(1)
  const aim = { bound: 'at most', limit: LIMIT_MS, of: 'figure' } as const
  rows.push({ name: `longest turn during a scrape, ${kind}`, unit: 'ms', figures, aim })
  const against = { name: 'without a scrape', figures: idleWaits.slice(1) }
  rows.push({ name: `longest wait of GET /, ${kind}`, unit: 'ms', figures: waits.slice(1), against, aim })
}
agent.destroy()
await server.stop()
report(`A scrape of 100,000 lines of \`next start\`, and the other requests: ${ROUNDS} rounds`, rows)

/** The longest that a request took among those that are sent until `end`. */
async function longestWait(end: Promise<unknown>): Promise<number> {
  let isOver = false
  const over = end.then(() => {
    isOver = true
  })
  let longestMs = 0
  while (!isOver) {
    const startedMs = performance.now()
    await ask('/', {})
    longestMs = Math.max(longestMs, performance.now() - startedMs)
    await setTimeout(PAUSE_MS)
  }
  await over
  return longestMs
}

/** Resolves to the bytes of the answer's body. */
function ask(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(server.url + path, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`))
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.once('end', () => resolve(bytes))
    })
    request.once('error', reject)
  })
}
