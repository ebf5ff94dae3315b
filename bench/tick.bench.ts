// What one tick costs the process: collect the registry, append to the storage, and evaluate every expression of the
// overview at one instant and write the event, as for any number of open dashboards. Then the history that a dashboard begins with.
// Aims for the whole tick: 5 ms with 50 label sets of requests_total and latency_seconds, 50 ms with 1,000.
import { boardExprs } from '../app/dashboard/_boards/board-exprs'
import { overview } from '../app/dashboard/_boards/overview'
import { toTargetMatchers } from '../app/dashboard/_boards/target-matchers'
import { toVariables } from '../app/dashboard/_state/to-variables'
import { DEFAULT_VIEW } from '../app/dashboard/_state/view'
import { MemoryPool } from '../server/memory-pool'
import { queryTurns } from '../server/promql/turns'
import { createInstantCache } from '../server/trpc/instant-cache'
import type { LiveSources } from '../server/trpc/live-answer'
import { answerLive, timesOf } from '../server/trpc/live-answer'
import { EventWriter, SeriesNumbers } from '../server/trpc/live-encoder'
import type { BusyApp } from './busy-app'
import { createBusyApp, INTERVAL_MS, THIS_APP } from './busy-app'
import { cpuMs } from './cpu-time'
import { readOptions } from './options'
import { quantile } from './quantile'
import type { Aim, Row } from './report'
import { report } from './report'
import { longestStallMs } from './stall'

const SIZES = [
  { labelSets: 50, aimMs: 5 },
  { labelSets: 1_000, aimMs: 50 },
]
const STALL_AIM: Aim = { bound: 'at most', limit: 20, of: 'figure' }
/** A dashboard stays open for hours: what is measured is not its first seconds. */
const WARM_UP_TICKS = 60

// `range` is what the reader looks at, in minutes; the board compares it with as long a time before.
const options = readOptions('tick.bench.ts')
const RANGE_MS = options.range * 60_000
const variables = toVariables({ ...DEFAULT_VIEW, rangeMs: RANGE_MS }, INTERVAL_MS, toTargetMatchers(THIS_APP))
const question = { ...boardExprs(overview, variables), rangeMs: RANGE_MS, stepMs: variables.stepMs }

type TickTimes = { collectMs: number; appendMs: number; evaluateMs: number }

type Contestant = { app: BusyApp; sources: LiveSources; numbers: SeriesNumbers }
type Measured = {
  labelSets: number
  aimMs: number
  seriesCount: number
  ticks: TickTimes[]
  tickStallMs: number[]
  historyMs: number[]
  historyStallMs: number[]
}

// One after the other: what a large tick leaves behind would be collected in a small one's turn.
for (const size of SIZES) reportOn({ ...size, ...(await measure(size.labelSets)) })

async function measure(labelSets: number): Promise<Omit<Measured, 'labelSets' | 'aimMs'>> {
  const app = createBusyApp(labelSets)
  const memory = new MemoryPool(2 ** 30)
  const { ask } = createInstantCache({ querier: app.querier, memory, timeoutMs: 30_000 })
  const sources = { querier: app.querier, askInstant: ask, memory }
  const contestant = { app, sources, numbers: new SeriesNumbers() }
  await remember(app, options.minutes)
  for (let i = 0; i < WARM_UP_TICKS; i++) await measureTick(contestant)
  const ticks: TickTimes[] = []
  for (let i = 0; i < options.ticks; i++) ticks.push(await measureTick(contestant))
  const tickStallMs: number[] = []
  for (let i = 0; i < options.ticks; i++) tickStallMs.push(await measureStall(contestant, INTERVAL_MS))
  const historyMs: number[] = []
  for (let i = 0; i < options.histories; i++) historyMs.push(await measureHistory(contestant))
  const historyStallMs: number[] = []
  for (let i = 0; i < options.histories; i++) historyStallMs.push(await measureStall(contestant, null))
  return { seriesCount: app.seriesCount(), ticks, tickStallMs, historyMs, historyStallMs }
}

async function remember({ tick }: BusyApp, minutes: number): Promise<void> {
  for (let i = 0; i < (minutes * 60_000) / INTERVAL_MS; i++) await tick()
}

async function measureTick({ app, ...live }: Contestant): Promise<TickTimes> {
  const { atMs, ...scrape } = await app.tick()
  const begunMs = cpuMs()
  await evaluate({ app, ...live }, atMs - INTERVAL_MS, atMs)
  return { ...scrape, evaluateMs: cpuMs() - begunMs }
}

async function measureHistory({ app, ...live }: Contestant): Promise<number> {
  const { atMs } = await app.tick()
  const begunMs = cpuMs()
  await evaluate({ app, ...live }, null, atMs)
  return cpuMs() - begunMs
}

/** Throws where an expression has no answer: an error would be quick. */
async function evaluate({ numbers, sources }: Contestant, sentMs: number | null, atMs: number): Promise<void> {
  const span = { sentMs, atMs }
  const held = sources.memory.open()
  const kind = { isReset: sentMs === null, fromKnown: sentMs === null ? 0 : numbers.next }
  const writer = new EventWriter(numbers, timesOf(question, span), kind, held)
  await answerLive(question, span, sources, new AbortController().signal, async (query, result) => {
    if ('error' in result) throw new Error(result.error)
    await queryTurns().finish(writer.add(query, result))
  })
  await queryTurns().finish(writer.end())
  held.end()
}

/** While a tick's values are evaluated, or a whole history where there was no tick before. */
async function measureStall({ app, ...live }: Contestant, sinceLastMs: number | null): Promise<number> {
  const { atMs } = await app.tick()
  const sentMs = sinceLastMs === null ? null : atMs - sinceLastMs
  return longestStallMs(() => evaluate({ app, ...live }, sentMs, atMs))
}

function reportOn({ aimMs, historyMs, historyStallMs, labelSets, seriesCount, tickStallMs, ticks }: Measured): void {
  const count = question.exprs.length + question.instantExprs.length
  const whole = ticks.map(({ collectMs, appendMs, evaluateMs }) => collectMs + appendMs + evaluateMs)
  const aim: Aim = { bound: 'at most', limit: aimMs, of: 'figure' }
  const part = (name: string, figures: number[]): Row => {
    return { name, unit: 'ms', figures, against: { name: 'the whole tick', figures: whole } }
  }
  report(
    `Processor time of a tick with ${labelSets} label sets (${seriesCount} series), ${count} expressions and ` +
      `${options.minutes} minutes of history`,
    [
      { name: 'a whole tick', unit: 'ms', figures: whole, aim },
      { name: 'a whole tick, p95', unit: 'ms', figures: [quantile(whole, 0.95)], aim },
      part(
        'collect',
        ticks.map(({ collectMs }) => collectMs),
      ),
      part(
        'append',
        ticks.map(({ appendMs }) => appendMs),
      ),
      part(
        'evaluate',
        ticks.map(({ evaluateMs }) => evaluateMs),
      ),
      { name: 'longest stall of the event loop by evaluating', unit: 'ms', figures: tickStallMs, aim: STALL_AIM },
      { name: `the history of ${options.range} minutes for a first paint`, unit: 'ms', figures: historyMs },
      { name: 'longest stall by that', unit: 'ms', figures: historyStallMs, aim: STALL_AIM },
    ],
  )
}
