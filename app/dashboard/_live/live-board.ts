// What the live stream has told so far, as charts read it: one time axis, and for each PromQL string its series.
import type { Labels } from '@/server/exposition/snapshot'
import type { LiveError } from '@/server/trpc/live-event'
import type { LivePoints } from './live-points'

/** `values` are aligned with the board's `timesMs`: null is a gap; NaN and the infinities are values. */
export type LiveSeries = { key: string; labels: Labels; values: (number | null)[] }

/**
 * connecting: nothing has come yet; live: points arrive; paused: the time stands still; reconnecting: the connection
 * broke and is being sought; stale: connected, or thought to be, but no point has come for too long; full: the server has
 * as many viewers as it takes, and is asked again later.
 */
export type LiveState = 'connecting' | 'live' | 'paused' | 'reconnecting' | 'stale' | 'full'

export type LiveBoard = {
  /** Ascending, on a grid of `stepMs`; the newest may lie between two steps. */
  timesMs: readonly number[]
  stepMs: number
  /** The series of one PromQL string, [] when it has none. */
  series(expr: string): readonly LiveSeries[]
  /** Why this string has no answer. */
  error(expr: string): Omit<LiveError, 'query'> | undefined
  state: LiveState
  newestMs: number | null
  /** How often new points are asked for, where that is less often than they come: the browser has no stream left. */
  everyMs?: number
  /** False until the range's history has come. */
  hasHistory: boolean
}

/** Whether new values should come and don't: what is shown then is of the past. */
export function isCut({ state }: Pick<LiveBoard, 'state'>): boolean {
  return state === 'reconnecting' || state === 'stale' || state === 'full'
}

type Asked = { exprs: readonly string[]; instantExprs: readonly string[]; stepMs: number }

/** The board of what has been told so far of a question. */
export function toBoard(points: LivePoints, { exprs, instantExprs, stepMs }: Asked, state: LiveState): LiveBoard {
  const { timesMs, queries, errors } = points
  const numberOf = new Map([...exprs, ...instantExprs].map((expr, number) => [expr, number]))
  const find = <T>(expr: string, found: ReadonlyMap<number, T>): T | undefined => found.get(numberOf.get(expr) ?? -1)
  const rows = new Map<number, LiveSeries[]>()
  for (const [query, series] of queries) rows.set(query, [...series.values()])
  return {
    timesMs,
    stepMs,
    series: (expr) => find(expr, rows) ?? NO_SERIES,
    error: (expr) => find(expr, errors),
    state,
    newestMs: timesMs.at(-1) ?? null,
    hasHistory: timesMs.length > 0,
  }
}

const NO_SERIES: readonly LiveSeries[] = []
