// An expression is evaluated once per tick for any number of viewers, and so are parts that expressions share.
import { unlessAborted, withDeadline } from '../deadline'
import type { MemoryPool, MemoryShare } from '../memory-pool'
import { SharedWork } from '../promql/shared-work'
import type { Value } from '../promql/value'
import type { Querier } from '../query/querier'
import type { AskInstant } from './live-answer'

/** No viewer lags behind by as much: where the newest tick is so much older, the clock was set back. */
const LONGEST_LAG_MS = 60_000
/** Of the memory of all questions: what answers may hold until the next tick. */
const KEPT_SHARE = 1 / 8

export type InstantSources = {
  querier: Pick<Querier, 'instant'>
  memory: MemoryPool
  /** How long an expression may take. */
  timeoutMs: number
}

export type InstantCache = {
  ask: AskInstant
  /** Nobody asks any more for now: nothing is remembered. */
  forget(): void
}

/** Remembers the answers of the newest instant only; one that is a little older is asked for again. */
export function createInstantCache({ querier, memory, timeoutMs }: InstantSources): InstantCache {
  let newestMs = Number.NEGATIVE_INFINITY
  let moment = beginMoment(memory)

  function evaluate(expr: string, atMs: number, held: MemoryShare, signal: AbortSignal, shared?: SharedWork) {
    return withDeadline([signal], timeoutMs, (signal) => querier.instant(expr, atMs, { signal, shared, memory: held }))
  }

  async function askOnce(expr: string, atMs: number, moment: Moment, nobodyWaits: AbortSignal): Promise<Value> {
    const held = memory.open()
    try {
      const answer = await evaluate(expr, atMs, held, nobodyWaits, moment.shared)
      if (!moment.keep(held)) moment.answers.delete(expr)
      return answer
    } catch (error) {
      held.end()
      throw error
    }
  }

  function begun(expr: string, atMs: number, moment: Moment): SharedAnswer {
    const nobodyWaits = new AbortController()
    const answer = askOnce(expr, atMs, moment, nobodyWaits.signal)
    return { answer, nobodyWaits, waiting: 0 }
  }

  /** Whoever asked first may leave while others wait for the same answer: it is given up when all have left. */
  async function share(one: SharedAnswer, signal: AbortSignal, giveUp: () => void): Promise<Value> {
    one.waiting++
    try {
      return await unlessAborted(one.answer, signal)
    } finally {
      one.waiting--
      if (signal.aborted && one.waiting === 0) giveUp()
    }
  }

  function begin(atMs: number): void {
    newestMs = atMs
    moment.end()
    moment = beginMoment(memory)
  }

  return {
    async ask(expr, atMs, signal) {
      signal.throwIfAborted()
      if (atMs < newestMs && atMs >= newestMs - LONGEST_LAG_MS) {
        const held = memory.open()
        return evaluate(expr, atMs, held, signal).finally(held.end)
      }
      if (atMs !== newestMs) begin(atMs)
      const { answers } = moment
      const one = answers.get(expr) ?? begun(expr, atMs, moment)
      answers.set(expr, one)
      return share(one, signal, () => {
        if (answers.get(expr) === one) answers.delete(expr)
        one.nobodyWaits.abort(signal.reason)
      })
    },
    forget: () => begin(Number.NEGATIVE_INFINITY),
  }
}

/** An answer that is remembered or made, and how many wait for it. */
type SharedAnswer = { answer: Promise<Value>; nobodyWaits: AbortController; waiting: number }

type Moment = ReturnType<typeof beginMoment>

/** What is remembered of one instant. */
function beginMoment(memory: MemoryPool) {
  const answers = new Map<string, SharedAnswer>()
  const shared = new SharedWork(memory.open())
  const shares: MemoryShare[] = []
  const limitBytes = memory.limitBytes * KEPT_SHARE
  let keptBytes = 0
  let isOver = false
  return {
    answers,
    shared,
    /** Whether an answer that holds so much is remembered; if not, its memory is given back. */
    keep(held: MemoryShare): boolean {
      const isKept = !isOver && keptBytes + held.heldBytes <= limitBytes
      if (!isKept) held.end()
      else {
        keptBytes += held.heldBytes
        shares.push(held)
      }
      return isKept
    },
    end(): void {
      isOver = true
      shared.end()
      for (const share of shares) share.end()
    },
  }
}
