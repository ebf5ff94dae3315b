// What the live stream has told so far, as charts read it: one time axis, and for each PromQL string its series.
import type { Labels } from '@/server/exposition/snapshot'

/** `values` are aligned with the board's `timesMs`: null is a gap; NaN and the infinities are values. */
export type LiveSeries = { key: string; labels: Labels; values: (number | null)[] }

/**
 * connecting: nothing has come yet; live: points arrive; paused: the reader stopped them; reconnecting: the connection
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
  error(expr: string): string | undefined
  state: LiveState
  newestMs: number | null
  /** False until the range's history has come. */
  hasHistory: boolean
}
