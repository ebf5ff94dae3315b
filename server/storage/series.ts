// The words that storage and PromQL share: how series are chosen, and how they come back.
import type { Labels } from '../exposition/snapshot'

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
