// Work that ends with those who wait for it, or when its time is up.
import { formatDuration } from './duration'

/** Node fires a timer at once that is set for longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export type Deadline = {
  /**
   * Aborts with the first of the callers' signals and for its reason, when the time is up with a DOMException named
   * TimeoutError, and at the end.
   */
  signal: AbortSignal
  /** To be called when the work is over: nothing is kept for it then, and what still runs for it is given up. */
  end(): void
}

/**
 * For work that ends elsewhere than it begins, such as a stream. A `timeoutMs` of 0 is over at once. The timer doesn't
 * keep the process alive. It and the callers hold the signal: those of AbortSignal.timeout and AbortSignal.any are held
 * by nobody, so that the garbage collector takes the timeout away (lint/own-deadlines.grit).
 */
export function beginDeadline(callers: readonly (AbortSignal | undefined)[], timeoutMs?: number): Deadline {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined

  function abort(reason?: unknown): void {
    clearTimeout(timer)
    for (const caller of callers) caller?.removeEventListener('abort', follow)
    controller.abort(reason)
  }
  function follow(): void {
    abort(callers.find((caller) => caller?.aborted)?.reason)
  }

  for (const caller of callers) caller?.addEventListener('abort', follow)
  if (callers.some((caller) => caller?.aborted)) follow()
  else if (timeoutMs !== undefined) {
    const ms = Math.max(0, Math.ceil(timeoutMs))
    const late = () => abort(new DOMException(`no answer within ${formatDuration(ms)}`, 'TimeoutError'))
    if (ms === 0) late()
    else timer = setTimeout(late, Math.min(ms, LONGEST_TIMER_MS)).unref()
  }
  return { signal: controller.signal, end: () => abort() }
}

/** Settles as `work` does: work that doesn't heed its signal is to be given to `unlessAborted` as well. */
export async function withDeadline<T>(
  callers: readonly (AbortSignal | undefined)[],
  timeoutMs: number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, end } = beginDeadline(callers, timeoutMs)
  try {
    return await work(signal)
  } finally {
    end()
  }
}

/** Settles as `work` does, or rejects with the signal's reason as soon as it is aborted. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Whether a signal aborted because time was up, and not because nobody waits any more. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}
