// One event of metrics.live. A series is named once to a viewer and has a number from then on, so the event of a tick stays
// small. The numbers belong to the question: all its viewers get the same bytes.
import type { Labels } from '../exposition/snapshot'
import type { WireValue } from './wire-value'

export type LiveEvent = {
  /** True: forget what came before (the first event, or a clock that went back). */
  isReset: boolean
  /** New instants, ascending: the steps of the range's grid and, last, the newest tick even between two steps. */
  timesMs: number[]
  /** By series: a value for each of `timesMs`, null where there is none. A series that isn't here has none at all. */
  values: { id: number; points: (WireValue | null)[] }[]
  /**
   * Series that a viewer of this event may not know yet. `query` counts through `exprs`, then `instantExprs`. What is
   * named again is the same series.
   */
  named: { id: number; query: number; labels: Labels }[]
  errors: LiveError[]
}

/** Why a query has no answer. `isSource`: whoever answers is at fault (unreachable, overloaded), and not the query. */
export type LiveError = { query: number; message: string; isSource?: true }
