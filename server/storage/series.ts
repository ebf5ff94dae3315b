// The words that storage and PromQL share: how series are chosen, and how they come back.
import type { Labels } from '../exposition/snapshot'
import type { Columns } from './chunk/columns'

/** A label matcher. An absent label equals ''. Regular expressions are RE2's and anchored at both ends. */
export type Matcher = { name: string; op: '=' | '!=' | '=~' | '!~'; value: string }

/**
 * The samples of one series, ascending in time. `labels` hold `__name__`. The arrays are the reader's own copies
 * and of equal length. `stale[i]` is 1 where the sample is a staleness marker (its value is NaN and means nothing);
 * undefined says that there is none.
 */
export type Series = {
  labels: Labels
  timestampsMs: Float64Array
  values: Float64Array
  stale: Uint8Array | undefined
}

/** A series as it is stored: what it holds changes with time, and `id` is its own as long as it is held. */
export type StoredSeries = {
  readonly id: number
  readonly labels: Labels
  readonly oldestMs: number
  readonly newestMs: number
  /** The samples from `fromMs` to `toMs`, both inclusive; undefined where there is none. */
  samples(fromMs: number, toMs: number): Series | undefined
  /** How many samples the chunks hold that lie in that time, or partly: as much room as `read` needs. */
  roomBetween(fromMs: number, toMs: number): number
  /**
   * Copies the same samples into the columns from position `start` on, whose `stale` has to be 0 there. Returns the
   * position after the last one.
   */
  read(fromMs: number, toMs: number, into: Columns, start: number): number
}
