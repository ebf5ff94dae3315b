// However many viewers ask for an expression at one tick, it is evaluated once.
import type { Value } from '../promql/value'
import type { Querier } from '../query/querier'
import type { AskInstant } from './live-answer'

/** Remembers the answers of the newest instant only; an older one is asked for again. */
export function createInstantCache(querier: Pick<Querier, 'instant'>): AskInstant {
  let newestMs = Number.NEGATIVE_INFINITY
  let answers = new Map<string, Promise<Value>>()

  return (expr, atMs) => {
    if (atMs < newestMs) return querier.instant(expr, atMs)
    if (atMs > newestMs) {
      newestMs = atMs
      answers = new Map()
    }
    const known = answers.get(expr)
    if (known) return known
    const answer = querier.instant(expr, atMs)
    answers.set(expr, answer)
    return answer
  }
}
