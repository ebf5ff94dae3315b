// Where the edge of a window lies in each series: remembered, since at the next tick it lies in the same place or one
// sample farther. A question about a long window then reads samples only where values change.
import type { Columns } from './chunk/columns'
import { createColumns } from './chunk/columns'
import type { MemorySeries } from './memory-series'

/**
 * The newest sample at or before an instant, and the oldest one after it. `ordinal` is the first one's number in its
 * series. Where there is no such sample, `beforeMs` is -Infinity, or `afterMs` Infinity.
 */
export type Edge = { beforeMs: number; before: number; ordinal: number; afterMs: number; after: number }

export function createEdge(): Edge {
  return { beforeMs: 0, before: 0, ordinal: 0, afterMs: 0, after: 0 }
}

/** How much is read around an edge of which nothing is known, and ahead of one that moved on. */
const BACK_MS = 300_000
const AHEAD_MS = 120_000

/**
 * What is known of a series: a run of samples that have one value at equal steps of time, the number of the first of
 * them, and the sample that comes next, which is the run's last one itself where the next wasn't read. All of it holds
 * for instants from FIRST_MS to before NEXT_MS. Before the first sample of a series there is a run at -Infinity.
 */
const [OWNER, FIRST_MS, STEP_MS, LAST_MS, VALUE, ORDINAL, NEXT_MS, NEXT] = [0, 1, 2, 3, 4, 5, 6, 7] as const
const NUMBERS = 8

let scratch: Columns = createColumns(0)

export class EdgeTrack {
  /** The instant that was asked for last. */
  atMs = Number.NEGATIVE_INFINITY
  #known = new Float64Array(0)

  find(series: MemorySeries, atMs: number, into: Edge): void {
    const at = series.slot * NUMBERS
    if (at + NUMBERS > this.#known.length) this.#grow(at + NUMBERS)
    const known = this.#known
    const isKnown = known[at + OWNER] === series.id + 1
    const isWithin = (known[at + FIRST_MS] ?? 0) <= atMs && atMs < (known[at + NEXT_MS] ?? 0)
    if (!isKnown || !isWithin) readEdge(series, atMs, known, at)
    tellEdge(known, at, atMs, into)
  }

  #grow(length: number): void {
    const grown = new Float64Array(Math.max(length, 2 * this.#known.length))
    grown.set(this.#known)
    this.#known = grown
  }
}

function tellEdge(known: Float64Array, at: number, atMs: number, into: Edge): void {
  const firstMs = known[at + FIRST_MS] ?? 0
  const lastMs = known[at + LAST_MS] ?? 0
  const nextMs = known[at + NEXT_MS] ?? 0
  const steps = atMs >= lastMs ? stepsOf(known, at) : Math.floor((atMs - firstMs) / (known[at + STEP_MS] ?? 1))
  into.beforeMs = steps === 0 ? firstMs : firstMs + steps * (known[at + STEP_MS] ?? 1)
  into.before = known[at + VALUE] ?? 0
  into.ordinal = (known[at + ORDINAL] ?? 0) + steps
  if (atMs < lastMs) {
    into.afterMs = into.beforeMs + (known[at + STEP_MS] ?? 1)
    into.after = into.before
  } else {
    into.afterMs = nextMs > lastMs ? nextMs : Number.POSITIVE_INFINITY
    into.after = known[at + NEXT] ?? 0
  }
}

/** How many steps the run has. */
function stepsOf(known: Float64Array, at: number): number {
  const lastMs = known[at + LAST_MS] ?? 0
  const firstMs = known[at + FIRST_MS] ?? 0
  return lastMs > firstMs ? Math.round((lastMs - firstMs) / (known[at + STEP_MS] ?? 1)) : 0
}

/** Reads on from the sample that was to come next, or else around the instant, or else everything. */
function readEdge(series: MemorySeries, atMs: number, known: Float64Array, at: number): void {
  const nextMs = known[at + NEXT_MS] ?? 0
  const isNext = known[at + OWNER] === series.id + 1 && nextMs <= atMs
  const ordinal = (known[at + ORDINAL] ?? 0) + stepsOf(known, at) + (nextMs > (known[at + LAST_MS] ?? 0) ? 1 : 0)
  known[at + OWNER] = series.id + 1
  if (isNext) {
    const count = read(series, nextMs, atMs + AHEAD_MS)
    const isWhole = scratch.timestampsMs[0] === nextMs && reachesBeyond(series, count, atMs)
    if (count > 0 && isWhole) {
      remember(count, ordinal, atMs, known, at)
      return
    }
  }
  let untilMs = atMs + AHEAD_MS
  let later = read(series, untilMs + 1, Number.POSITIVE_INFINITY)
  let count = read(series, atMs - BACK_MS, untilMs)
  const reachesBack = series.oldestMs > atMs || (count > 0 && (scratch.timestampsMs[0] ?? 0) <= atMs)
  if (!reachesBack || !reachesBeyond(series, count, atMs)) {
    later = 0
    untilMs = Number.POSITIVE_INFINITY
    count = read(series, Number.NEGATIVE_INFINITY, untilMs)
  }
  remember(count, series.appendedCount - later - count + 1, atMs, known, at)
}

/** Whether a sample after `atMs` was read, if there is one. */
function reachesBeyond(series: MemorySeries, count: number, atMs: number): boolean {
  return series.newestMs <= atMs || (count > 0 && (scratch.timestampsMs[count - 1] ?? 0) > atMs)
}

function read(series: MemorySeries, fromMs: number, toMs: number): number {
  const room = series.roomBetween(fromMs, toMs)
  if (room > scratch.values.length) scratch = createColumns(2 * room)
  scratch.stale.fill(0, 0, room)
  return series.read(fromMs, toMs, scratch, 0)
}

/** `ordinal` is the number of the first of the samples that were read. */
function remember(count: number, ordinal: number, atMs: number, known: Float64Array, at: number): void {
  const { timestampsMs, values } = scratch
  let before = -1
  while (before + 1 < count && (timestampsMs[before + 1] ?? 0) <= atMs) before++
  const hasBefore = before >= 0
  const firstMs = hasBefore ? (timestampsMs[before] ?? 0) : Number.NEGATIVE_INFINITY
  const value = hasBefore ? (values[before] ?? 0) : Number.NaN
  const stepMs = hasBefore && before + 1 < count ? (timestampsMs[before + 1] ?? 0) - firstMs : 1
  let lastMs = firstMs
  let next = before + 1
  for (; hasBefore && next < count && values[next] === value && timestampsMs[next] === lastMs + stepMs; next++) {
    lastMs += stepMs
  }
  known[at + FIRST_MS] = firstMs
  known[at + STEP_MS] = stepMs
  known[at + LAST_MS] = lastMs
  known[at + VALUE] = value
  known[at + ORDINAL] = ordinal + before
  known[at + NEXT_MS] = next < count ? (timestampsMs[next] ?? 0) : lastMs
  known[at + NEXT] = next < count ? (values[next] ?? 0) : Number.NaN
}
