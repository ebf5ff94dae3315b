// A small curve without axes, for a number's recent past. Its top is a little above the largest value.
import { Surface } from 'recharts'
import type { Colour } from '../_boards/panel'
import { CURVE_WIDTH, toCurves, toXs } from './curves'
import styles from './spark.module.css'
import { toBandPath, toLinePath } from './svg-path'
import type { TimeFrame } from './time-frame'

type SparkProps = {
  timesMs: readonly number[]
  values: readonly (number | null)[]
  frame: TimeFrame
  colour: Colour
  height: number
}

const HEADROOM = 1.15

export function Spark({ timesMs, values, frame, colour, height }: SparkProps) {
  const drawn = toCurves(timesMs, [{ key: '', name: '', colour, values }], frame)
  const curve = drawn.curves[0] ?? []
  const top = curve.reduce<number>((most, value) => Math.max(most, value ?? 0), 0) * HEADROOM
  // The line of zeros is half a stroke above the edge, so that it is seen whole.
  const toY = (value: number) => height - 0.7 - (top > 0 ? value / top : 0) * (height - 1.4)
  const xs = toXs(drawn.timesMs, frame)
  const ys = curve.map((value) => (value === null ? null : toY(value)))
  const floor = ys.map((y) => (y === null ? null : height))
  return (
    <Surface
      className={styles.spark}
      data-mark
      width="100%"
      height={height}
      color={`var(--${colour})`}
      viewBox={{ x: 0, y: 0, width: CURVE_WIDTH, height }}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.area} d={toBandPath(xs, ys, floor)} />
      <path className={styles.line} d={toLinePath(xs, ys)} />
    </Surface>
  )
}
