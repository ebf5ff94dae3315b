// The gate that every question passes, whoever asks it: only so many are answered at a time, some more wait in the order
// in which they came, and each ends within its time.
import { isTimeout, withDeadline } from '../deadline'
import { PromqlError } from '../promql/promql-error'

export type GateLimits = {
  /** How many questions are answered at a time. */
  slots: number
  /** How many wait at most. One more is refused at once. */
  maxWaiting: number
  /** How long a question may take, its waiting included. */
  timeoutMs: number
}

export type Gate = {
  readonly limits: GateLimits
  /**
   * Answers a question as soon as there is a place, with a signal that aborts when the caller's does or when its time
   * is up: `timeoutMs`, or what the gate allows where that is less. Throws PromqlError where the question can't wait,
   * or where it ends while it waits.
   */
  ask<T>(caller: AbortSignal | undefined, question: (signal: AbortSignal) => Promise<T>, timeoutMs?: number): Promise<T>
}

export function createGate(limits: GateLimits): Gate {
  const { maxWaiting, slots, timeoutMs: longestMs } = limits
  const waiting = new Set<() => void>()
  let taken = 0

  async function take(signal: AbortSignal): Promise<void> {
    if (taken < slots) {
      taken++
      return
    }
    if (signal.aborted) throw endedWaiting(signal)
    if (waiting.size >= maxWaiting) {
      const message = `expected at most ${maxWaiting} queries in the query queue, got one more: try again later`
      throw new PromqlError(message, 0, 0, 'overloaded')
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.delete(enter)
        reject(endedWaiting(signal))
      }
      waiting.add(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** The place goes to who has waited longest. */
  function leave(): void {
    const [next] = waiting
    if (next === undefined) {
      taken--
      return
    }
    waiting.delete(next)
    next()
  }

  return {
    limits,
    ask: (caller, question, timeoutMs = longestMs) =>
      withDeadline([caller], Math.min(timeoutMs, longestMs), async (signal) => {
        await take(signal)
        try {
          return await question(signal)
        } finally {
          leave()
        }
      }),
  }
}

function endedWaiting({ reason }: AbortSignal): PromqlError {
  return isTimeout(reason)
    ? new PromqlError('query timed out in query queue', 0, 0, 'timeout')
    : new PromqlError('query was canceled in query queue', 0, 0, 'canceled')
}
