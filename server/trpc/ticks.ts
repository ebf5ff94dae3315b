// The pulse of the live streams: every follower learns of the newest tick, in its own time. Nothing queues up: who is
// slow skips ticks.

/** How many followers are woken at once before other work of the process gets its turn. */
const WOKEN_AT_ONCE = 16

export type Ticks = {
  /** The newest tick, null before the first. */
  newestMs(): number | null
  /** The newest tick if there is one, then each newer one; a slow reader gets the newest. Ends when `signal` aborts. */
  follow(signal: AbortSignal): AsyncGenerator<number, void>
}

/**
 * `onTick` is called once, and never unsubscribed: ticks live as long as the process. `lastMs` is the tick that was
 * told before, null if there was none.
 */
export function createTicks(onTick: (listener: (atMs: number) => void) => void, lastMs: number | null = null): Ticks {
  let newestMs = lastMs
  let waiting = new Set<() => void>()

  const wake = (woken: Iterator<() => void>) => {
    for (let count = 0; count < WOKEN_AT_ONCE; count++) {
      const next = woken.next()
      if (next.done) return
      next.value()
    }
    setImmediate(wake, woken)
  }
  onTick((atMs) => {
    newestMs = atMs
    const woken = waiting
    waiting = new Set()
    wake(woken.values())
  })

  return {
    newestMs: () => newestMs,
    async *follow(signal) {
      let seenMs: number | null = null
      let resolve = () => {}
      const onAbort = () => {
        waiting.delete(resolve)
        resolve()
      }
      signal.addEventListener('abort', onAbort)
      try {
        while (!signal.aborted) {
          if (newestMs !== null && newestMs !== seenMs) {
            seenMs = newestMs
            yield seenMs
            continue
          }
          await new Promise<void>((done) => {
            resolve = done
            waiting.add(done)
          })
        }
      } finally {
        signal.removeEventListener('abort', onAbort)
        waiting.delete(resolve)
      }
    },
  }
}
