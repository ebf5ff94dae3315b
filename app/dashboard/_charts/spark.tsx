// A small curve without axes, for a number's recent past. Its top is a little above the largest value.
import type { Colour } from '../_boards/panel'
import { toCurves } from './curves'
import styles from './spark.module.css'
import { toBandPath, toLinePath } from './svg-path'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'

type SparkProps = {
  timesMs: readonly number[]
  values: readonly (number | null)[]
  frame: TimeFrame
  colour: Colour
  height: number
}

const WIDTH = 1000
const HEADROOM = 1.15

export function Spark({ timesMs, values, frame, colour, height }: SparkProps) {
  const drawn = toCurves(timesMs, [{ key: '', name: '', colour, values }], frame)
  const curve = drawn.curves[0] ?? []
  const top = curve.reduce<number>((most, value) => Math.max(most, value ?? 0), 0) * HEADROOM
  const xs = drawn.timesMs.map((timeMs) => toFraction(frame, timeMs) * WIDTH)
  // The line of zeros is half a stroke above the edge, so that it is seen whole.
  const ys = curve.map((value) => (value === null ? null : height - 0.7 - (top > 0 ? value / top : 0) * (height - 1.4)))
  const floor = ys.map((y) => (y === null ? null : height))
  return (
    <svg
      className={styles.spark}
      data-mark
      style={{ height, color: `var(--${colour})` }}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.area} d={toBandPath(xs, ys, floor)} />
      <path className={styles.line} d={toLinePath(xs, ys)} />
    </svg>
  )
}
