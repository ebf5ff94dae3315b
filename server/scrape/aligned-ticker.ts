// One timer that fires at fixed instants of the wall clock, one interval apart, so that whatever it drives has the same
// instants in every process and after every restart.

export type AlignedTicker = { start(): void; stop(): void; isRunning(): boolean }

/**
 * Calls `onInstant` with the nominal instant: a multiple of `intervalMs`, or what comes `offsetMs` after one. It never
 * drifts, and instants that passed while the process was busy are skipped. After a jump of the clock it goes on with
 * the new time, forward or backward: an instant may then come again. The timer doesn't keep the process alive.
 */
export function createAlignedTicker(
  intervalMs: number,
  onInstant: (atMs: number) => void,
  offsetMs = 0,
): AlignedTicker {
  let timer: NodeJS.Timeout | undefined

  const newestInstantMs = () => Math.floor((Date.now() - offsetMs) / intervalMs) * intervalMs + offsetMs

  function arm(dueMs: number): void {
    timer = setTimeout(fire, dueMs - Date.now(), dueMs)
    timer.unref()
  }

  function armNext(): void {
    arm(newestInstantMs() + intervalMs)
  }

  function fire(dueMs: number): void {
    const aheadMs = dueMs - Date.now()
    // A timer may fire a little early, and a clock may be set back a little: the instant is still to come.
    if (aheadMs > 0 && aheadMs <= intervalMs) {
      arm(dueMs)
      return
    }
    const atMs = newestInstantMs()
    armNext()
    onInstant(atMs)
  }

  return {
    start: () => {
      if (timer === undefined) armNext()
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
    },
    isRunning: () => timer !== undefined,
  }
}
