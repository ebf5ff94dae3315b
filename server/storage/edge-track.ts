// The position of a window's edge in each series. It is kept, because at the next tick it is at the same sample or one further.
// So a query over a long window reads samples only where values change.
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
 * What is known of a series: samples at equal steps of time from FIRST_MS to LAST_MS, the ordinal of the first of them,
 * and their values: of the first MAX_VALUES one by one; the others are the same as the last of these. It holds for
 * instants from FIRST_MS to before LAST_MS. Before a series begins, FIRST_MS is -Infinity and only the last is a sample.
 */
const [OWNER, FIRST_MS, STEP_MS, LAST_MS, ORDINAL, VALUES] = [0, 1, 2, 3, 4, 5] as const
const NUMBERS = 16
const MAX_VALUES = NUMBERS - VALUES

let scratch: Columns = createColumns(0)

export class EdgeTrack {
  /** The instant that was asked for last. */
  atMs = Number.NEGATIVE_INFINITY
  #known = new Float64Array(0)

  /** About 128 for each series. */
  get bytes(): number {
    return this.#known.byteLength
  }

  find(series: MemorySeries, atMs: number, into: Edge): void {
    const at = series.slot * NUMBERS
    if (at + NUMBERS > this.#known.length) this.#grow(at + NUMBERS)
    const known = this.#known
    const isKnown = known[at + OWNER] === series.id + 1
    const isWithin = (known[at + FIRST_MS] ?? 0) <= atMs && atMs < (known[at + LAST_MS] ?? 0)
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
  const stepMs = known[at + STEP_MS] ?? 1
  const steps = atMs >= lastMs ? stepsOf(known, at) : beforeAll(firstMs) ? 0 : Math.floor((atMs - firstMs) / stepMs)
  into.ordinal = (known[at + ORDINAL] ?? 0) + steps
  into.beforeMs = atMs >= lastMs ? lastMs : firstMs + steps * stepMs
  into.before = valueAt(known, at, steps)
  into.afterMs = atMs >= lastMs ? Number.POSITIVE_INFINITY : beforeAll(firstMs) ? lastMs : into.beforeMs + stepMs
  into.after = valueAt(known, at, steps + 1)
}

function beforeAll(firstMs: number): boolean {
  return firstMs === Number.NEGATIVE_INFINITY
}

function valueAt(known: Float64Array, at: number, step: number): number {
  return known[at + VALUES + Math.min(step, MAX_VALUES - 1)] ?? 0
}

/** From the first known sample to the last. */
function stepsOf(known: Float64Array, at: number): number {
  const firstMs = known[at + FIRST_MS] ?? 0
  if (beforeAll(firstMs)) return 1
  return Math.round(((known[at + LAST_MS] ?? 0) - firstMs) / (known[at + STEP_MS] ?? 1))
}

/** Reads on from the last sample that is known, or else around the instant, or else everything. */
function readEdge(series: MemorySeries, atMs: number, known: Float64Array, at: number): void {
  const lastMs = known[at + LAST_MS] ?? 0
  const isOn = known[at + OWNER] === series.id + 1 && lastMs <= atMs
  known[at + OWNER] = series.id + 1
  if (isOn) {
    const count = read(series, lastMs, atMs + AHEAD_MS)
    if (count > 0 && scratch.timestampsMs[0] === lastMs && reachesBeyond(series, count, atMs)) {
      remember(count, (known[at + ORDINAL] ?? 0) + stepsOf(known, at), atMs, known, at)
      return
    }
  }
  let later = read(series, atMs + AHEAD_MS + 1, Number.POSITIVE_INFINITY)
  let count = read(series, atMs - BACK_MS, atMs + AHEAD_MS)
  const reachesBack = series.oldestMs > atMs || (count > 0 && (scratch.timestampsMs[0] ?? 0) <= atMs)
  if (!reachesBack || !reachesBeyond(series, count, atMs)) {
    later = 0
    count = read(series, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
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

/** `ordinal` is that of the first of the samples that were read. */
function remember(count: number, ordinal: number, atMs: number, known: Float64Array, at: number): void {
  const { timestampsMs, values } = scratch
  let before = -1
  while (before + 1 < count && (timestampsMs[before + 1] ?? 0) <= atMs) before++
  known[at + ORDINAL] = ordinal + before
  if (before < 0) {
    known[at + FIRST_MS] = Number.NEGATIVE_INFINITY
    known[at + LAST_MS] = count > 0 ? (timestampsMs[0] ?? 0) : Number.NEGATIVE_INFINITY
    known[at + VALUES + 1] = values[0] ?? 0
    return
  }
  const firstMs = timestampsMs[before] ?? 0
  const stepMs = before + 1 < count ? (timestampsMs[before + 1] ?? 0) - firstMs : 1
  let steps = 0
  for (let i = before; i < count && timestampsMs[i] === firstMs + steps * stepMs; i++, steps++) {
    if (steps < MAX_VALUES) known[at + VALUES + steps] = values[i] ?? 0
    else if (values[i] !== known[at + NUMBERS - 1]) break
  }
  known[at + FIRST_MS] = firstMs
  known[at + STEP_MS] = stepMs
  known[at + LAST_MS] = firstMs + (steps - 1) * stepMs
}
