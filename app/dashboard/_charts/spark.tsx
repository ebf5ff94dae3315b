// A small line without axes, for a number's recent past.
import type { Colour } from '../_boards/panel'
import styles from './spark.module.css'
import { SPARK_HEIGHT, SPARK_WIDTH, toSparkPath } from './spark-path'
import type { TimeFrame } from './time-frame'

type SparkProps = {
  timesMs: readonly number[]
  values: readonly (number | null)[]
  frame: TimeFrame
  colour: Colour
  height: number
}

export function Spark({ timesMs, values, frame, colour, height }: SparkProps) {
  const { line, area } = toSparkPath(timesMs, values, frame)
  return (
    <svg
      className={styles.spark}
      style={{ height, color: `var(--${colour})` }}
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.area} d={area} />
      <path className={styles.line} d={line} />
    </svg>
  )
}
