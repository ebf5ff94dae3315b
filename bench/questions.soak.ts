// Whether anything that is asked can stop the app, or be felt by its visitors: hostile questions of every kind to the
// production server, with a small heap and a target of many series, while a visitor asks for `/` every 20 ms. Beside it
// the same server left alone, and a real Prometheus that is asked the same.
// Aims: the process lives, each question is answered or refused in words, `/` within 100 ms (p99) and 300 ms at most, and
// memory as if nothing had been asked a minute later.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPrometheus } from '../e2e/real-prometheus'
import type { Server } from '../e2e/start-server'
import { startServer } from '../e2e/start-server'
import { findPrometheus, PROMETHEUS_ADVICE } from '../scripts/find-prometheus.mjs'
import { FEATURE_FLAGS } from '../server/features'
import { attack } from './hostile/attack'
import type { Visits } from './hostile/beside'
import { startTarget, startVisitor } from './hostile/beside'
import type { Comparison } from './hostile/compare'
import { compare } from './hostile/compare'
import type { Memory } from './hostile/memory'
import { leastOf, mostOf, peakResidentBytes, watchMemory, watchMemoryUntil } from './hostile/memory'
import { QUESTION_KINDS } from './hostile/questions'
import { complaints, failures, isWrong, limitsNamed, tableOfComparisons, tableOfKinds } from './hostile/tables'
import { readOptions } from './options'
import { quantile } from './quantile'
import type { Row } from './report'
import { report, toTable } from './report'

const options = readOptions('questions.soak.ts')
const seed = options.seed
const kinds = QUESTION_KINDS.filter((kind) => kind.includes(options.only))
if (kinds.length === 0)
  throw new Error(`Expected a word of a kind, got "${options.only}": ${QUESTION_KINDS.join(', ')}`)

const JOB = 'shop'
const MOST_RESTARTS = 20
const RECOVERY_MS = 60_000
/** The app has had visitors before it is attacked: what a cold page costs is not the questions' fault, and isn't counted. */
const FIRST_VISITS_MS = 5_000
/** Memory is read for so long, because garbage comes and goes. */
const READING_MS = 10_000
/** An idle server is the same after five minutes as after an hour. */
const LONGEST_IDLE_MS = 5 * 60_000
/** The Prometheus is asked few questions at a time: its memory has no limit. */
const RIVAL_CONNECTIONS = 2
const RIVAL_LIMIT_MS = 5_000
const COMPARING_MS = 30 * 60_000
const MB = 1e6

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const target = await startTarget(program('hostile-target.server.mjs'), options.series)
const visitor = startVisitor(program('hostile-visitor.server.mjs'))
const about = { job: JOB, instance: target.instance }

let restarts = 0
console.log(`${options.questions} questions of ${kinds.length} kinds, seed ${seed} ...`)
const victim = await startVictim()
const attacked = await watch(victim, () =>
  attack({
    seed,
    places: { from: options.from, count: options.questions },
    kinds,
    about,
    connections: options.connections,
    limitMs: options.patience * 1000,
    wholeLimitMs: options.minutes * 60_000,
    server: victim,
    progressed: (asked, seconds) => console.log(`${asked} after ${Math.round(seconds)} s`),
    restart: async () => (restarts++ < MOST_RESTARTS ? startVictim(victim.port) : undefined),
  }),
)
const { deaths, entries, seconds, survivor } = attacked.result
await survivor?.stop()

const calm = await startVictim()
const idleMs = Math.min(seconds * 1000, LONGEST_IDLE_MS)
if (!options['no-idle']) console.log(`The same for ${Math.round(idleMs / 1000)} s without questions ...`)
const idle = options['no-idle'] ? undefined : await watch(calm, () => sleep(idleMs))
const compared = options['no-prometheus'] ? [] : await compareWithPrometheus(calm.url)
await calm.stop()
visitor.stop()
target.stop()

console.log(`\n${toTable(tableOfKinds(entries))}\n\nRefused by a limit:\n\n${limitsNamed(entries).join('\n')}`)
console.log(`\nWrong:\n\n${complaints(entries, deaths).join('\n') || 'nothing'}`)
if (compared.length > 0) {
  console.log(`\nBeside a real Prometheus:\n\n${toTable(tableOfComparisons(compared))}\n`)
  console.log(failures(compared).join('\n'))
}
const asked = entries.flatMap((entry) => entry.asked)
report(
  `${entries.length} questions in ${Math.round(seconds)} s to a heap of ${options.heap} MB with ${options.series} series, seed ${seed}`,
  rows(),
)

async function startVictim(port?: number): Promise<Server> {
  const env = {
    ENABLE_FEATURES: FEATURE_FLAGS.join(','),
    NODE_OPTIONS: `--max-old-space-size=${options.heap}`,
    SCRAPE_TARGETS: `${JOB}=${target.url}/metrics`,
    DEMO_ROUTES: '',
  }
  const server = await startServer({ port, env })
  await sleep(options.collect * 1000)
  return server
}

type Watched<T> = { result: T; visits: Visits; before: Memory; peak: Memory; after: Memory }

/** How long visitors wait and what memory is taken, before, during and a minute after `work`. */
async function watch<T>({ pid, url }: Server, work: () => Promise<T>): Promise<Watched<T>> {
  const before = leastOf(await watchMemory(url, READING_MS))
  const isOver = new AbortController()
  const watching = watchMemoryUntil(url, isOver.signal)
  visitor.begin(`${url}/`)
  await sleep(FIRST_VISITS_MS)
  await visitor.end()
  visitor.begin(`${url}/`)
  const result = await work()
  const visits = await visitor.end()
  isOver.abort()
  const peak = mostOf(await watching)
  peak.rssBytes = Math.max(peak.rssBytes, peakResidentBytes(pid) ?? 0)
  await sleep(RECOVERY_MS - READING_MS)
  return { result, visits, before, peak, after: leastOf(await watchMemory(url, READING_MS)) }
}

async function compareWithPrometheus(url: string): Promise<Comparison[]> {
  const path = findPrometheus()
  if (path === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
  const jobs = [
    { job: 'hearth', url },
    { job: JOB, url: target.url, path: '/metrics' },
  ]
  console.log('The same to a real Prometheus ...')
  const rival = await startPrometheus(path, jobs, ['promql-experimental-functions'])
  await sleep(options.collect * 1000)
  const compared = await compare(entries, {
    url: rival.url,
    seed,
    about,
    connections: RIVAL_CONNECTIONS,
    limitMs: RIVAL_LIMIT_MS,
    wholeLimitMs: COMPARING_MS,
  })
  await rival.stop()
  return compared
}

function rows(): Row[] {
  type Figure = (watched: Watched<unknown>) => number
  const both = (name: string, unit: string, figure: Figure, limit?: number): Row => ({
    name,
    unit,
    figures: [figure(attacked)],
    against: idle && { name: 'without questions', figures: [figure(idle)] },
    aim: limit === undefined ? undefined : { bound: 'at most', limit, of: 'figure' },
  })
  const none = (name: string, figure: number): Row => {
    return { name, unit: 'times', figures: [figure], aim: { bound: 'at most', limit: 0, of: 'figure' } }
  }
  const failed = compared.filter(({ verdict }) => verdict === 'failed').length
  return [
    none('the process ended', deaths.length),
    none('no answer in time, or a fault', asked.filter(isWrong).length),
    ...(compared.length > 0 ? [none('answered by a real Prometheus only', failed)] : []),
    none('GET / without an answer', attacked.visits.failures),
    both('GET /, p50', 'ms', ({ visits }) => quantile(visits.waitsMs, 0.5)),
    both('GET /, p99', 'ms', ({ visits }) => quantile(visits.waitsMs, 0.99), 100),
    both('GET /, longest', 'ms', ({ visits }) => quantile(visits.waitsMs, 1), 300),
    both('heap and buffers before', 'MB', ({ before }) => before.heldBytes / MB),
    both('heap and buffers meanwhile, most', 'MB', ({ peak }) => peak.heldBytes / MB),
    both('heap and buffers a minute later', 'MB', ({ after }) => after.heldBytes / MB),
    both('resident before', 'MB', ({ before }) => before.rssBytes / MB),
    both('resident meanwhile, most', 'MB', ({ peak }) => peak.rssBytes / MB),
    both('resident a minute later', 'MB', ({ after }) => after.rssBytes / MB),
  ]
}
