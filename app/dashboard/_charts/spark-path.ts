// A line and the area under it as SVG paths, for the small charts that have no axes.
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'

export const SPARK_WIDTH = 1000
export const SPARK_HEIGHT = 100

/** `line` breaks at gaps (null, NaN, the infinities); `area` reaches down to `floor`, which lies at the box's bottom. */
export function toSparkPath(
  timesMs: readonly number[],
  values: readonly (number | null)[],
  frame: TimeFrame,
): { line: string; area: string } {
  const top =
    values.reduce<number>((most, value) => (Number.isFinite(value) ? Math.max(most, value ?? 0) : most), 0) * 1.15
  let line = ''
  let area = ''
  let runStart = ''
  let lastX = ''
  const endRun = () => {
    if (runStart !== '') area += `L${lastX} ${SPARK_HEIGHT}L${runStart} ${SPARK_HEIGHT}Z`
    runStart = ''
  }
  for (const [i, timeMs] of timesMs.entries()) {
    const value = values[i] ?? Number.NaN
    if (!Number.isFinite(value) || timeMs < frame.startMs) {
      endRun()
      continue
    }
    const x = (toFraction(frame, timeMs) * SPARK_WIDTH).toFixed(1)
    const y = (SPARK_HEIGHT - (top > 0 ? value / top : 0) * (SPARK_HEIGHT - 2) - 1).toFixed(1)
    const step = `${runStart === '' ? 'M' : 'L'}${x} ${y}`
    if (runStart === '') runStart = x
    lastX = x
    line += step
    area += step
  }
  endRun()
  return { line, area }
}
