// One timer that fires at the multiples of an interval on the wall clock, so that whatever it drives has the same
// instants in every process and after every restart.

export type AlignedTicker = { start(): void; stop(): void; isRunning(): boolean }

/**
 * Calls `onInstant` with the nominal instant, a multiple of `intervalMs`. It never drifts, and instants that passed
 * while the process was busy are skipped. After a jump of the clock it goes on with the new time, forward or
 * backward: an instant may then come again. The timer doesn't keep the process alive.
 */
export function createAlignedTicker(intervalMs: number, onInstant: (atMs: number) => void): AlignedTicker {
  let timer: NodeJS.Timeout | undefined

  function arm(dueMs: number): void {
    timer = setTimeout(fire, dueMs - Date.now(), dueMs)
    timer.unref()
  }

  function armNext(): void {
    arm((Math.floor(Date.now() / intervalMs) + 1) * intervalMs)
  }

  function fire(dueMs: number): void {
    const aheadMs = dueMs - Date.now()
    // A timer may fire a little early, and a clock may be set back a little: the instant is still to come.
    if (aheadMs > 0 && aheadMs <= intervalMs) {
      arm(dueMs)
      return
    }
    const atMs = Math.floor(Date.now() / intervalMs) * intervalMs
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
