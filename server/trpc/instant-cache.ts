// However many viewers ask for an expression at one tick, it is evaluated once, and so is what expressions have in common.
import { SharedWork } from '../promql/shared-work'
import type { Value } from '../promql/value'
import type { Querier } from '../query/querier'
import type { AskInstant } from './live-answer'

/** No viewer lags behind by as much: where the newest tick is so much older, the clock was set back. */
const LONGEST_LAG_MS = 60_000

/** Remembers the answers of the newest instant only; one that is a little older is asked for again. */
export function createInstantCache(querier: Pick<Querier, 'instant'>): AskInstant {
  let newestMs = Number.NEGATIVE_INFINITY
  let answers = new Map<string, Promise<Value>>()
  let shared = new SharedWork()

  return (expr, atMs) => {
    if (atMs < newestMs && atMs >= newestMs - LONGEST_LAG_MS) return querier.instant(expr, atMs)
    if (atMs !== newestMs) {
      newestMs = atMs
      answers = new Map()
      shared = new SharedWork()
    }
    const known = answers.get(expr)
    if (known) return known
    const answer = querier.instant(expr, atMs, { shared })
    answers.set(expr, answer)
    return answer
  }
}
