// The one time axis that every chart of the page shares.

export type TimeFrame = { startMs: number; endMs: number; ticksMs: number[] }

const SECOND = 1000
const MINUTE = 60 * SECOND
const STEPS_MS = [1, 2, 5, 10, 15, 30].map((s) => s * SECOND).concat([1, 3, 5, 10, 15, 30, 60].map((m) => m * MINUTE))
/** As many as have room on a phone, written `14:02:10`. */
const MOST_TICKS = 5

/** The `rangeMs` up to `endMs`, with ticks at round times. */
export function toTimeFrame(endMs: number, rangeMs: number): TimeFrame {
  const startMs = endMs - rangeMs
  const stepMs = STEPS_MS.find((ms) => rangeMs / ms <= MOST_TICKS) ?? rangeMs / MOST_TICKS
  const ticksMs: number[] = []
  for (let tickMs = Math.ceil(startMs / stepMs) * stepMs; tickMs <= endMs; tickMs += stepMs) ticksMs.push(tickMs)
  return { startMs, endMs, ticksMs }
}

/** Where a moment lies in the frame: 0 at its start, 1 at its end. */
export function toFraction({ startMs, endMs }: TimeFrame, timeMs: number): number {
  return (timeMs - startMs) / (endMs - startMs)
}

/** The index of the time nearest to `timeMs`, by binary search; -1 where there are no times. */
export function nearestIndex(timesMs: readonly number[], timeMs: number): number {
  let low = 0
  let high = timesMs.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timesMs[middle] ?? 0) < timeMs) low = middle + 1
    else high = middle
  }
  const before = timesMs[low - 1]
  const after = timesMs[low]
  return before !== undefined && after !== undefined && timeMs - before < after - timeMs ? low - 1 : Math.min(low, high)
}
