// The places for queries: only so many are evaluated at a time, and the others wait in the order in which they came.
import { PromqlError } from '../../promql/promql-error'

export type QuerySlots = {
  /** Runs `query` as soon as there is a place. Throws PromqlError when `signal` aborts before that. */
  run<T>(signal: AbortSignal, query: () => Promise<T>): Promise<T>
}

export function createQuerySlots(limit: number): QuerySlots {
  const waiting = new Set<() => void>()
  let taken = 0

  async function take(signal: AbortSignal): Promise<void> {
    if (taken < limit) {
      taken++
      return
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.delete(enter)
        const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
        reject(
          isLate
            ? new PromqlError('query timed out in query queue', 0, 0, 'timeout')
            : new PromqlError('query was canceled in query queue', 0, 0, 'canceled'),
        )
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
    async run(signal, query) {
      await take(signal)
      try {
        return await query()
      } finally {
        leave()
      }
    },
  }
}
