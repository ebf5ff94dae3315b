// Work that may take only so long.
import { formatDuration } from '../duration'

/**
 * Settles as `work` does, or rejects after `timeoutMs`; then the signal is aborted too, and what becomes of the work
 * is ignored. The timer doesn't keep the process alive.
 */
export function withTimeout<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new Error(`no answer within ${formatDuration(timeoutMs)}`)
      reject(error)
      controller.abort(error)
    }, timeoutMs)
    timer.unref()
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
