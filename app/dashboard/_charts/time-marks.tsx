'use client'
// The curves of a chart over time: lines, or areas in front of each other, one path for each series.
import { Stretched } from './chart-frame'
import type { ChartLine } from './chart-line'
import type { Curves } from './curves'
import { CURVE_WIDTH, toXs } from './curves'
import { toBandPath, toLinePath } from './svg-path'
import type { TimeFrame } from './time-frame'
import styles from './time-marks.module.css'
import type { ValueAxis } from './value-axis'

type TimeMarksProps = {
  isStacked: boolean
  lines: readonly Pick<ChartLine, 'key' | 'colour'>[]
  /** Stacked already, if they are to be. */
  drawn: Curves
  frame: TimeFrame
  axis: ValueAxis
}

const HEIGHT = 1000

export function TimeMarks({ isStacked, lines, drawn: { timesMs, curves }, frame, axis }: TimeMarksProps) {
  const xs = toXs(timesMs, frame)
  const toY = (value: number) => (1 - axis.toFraction(value)) * HEIGHT
  const ys = curves.map((curve) => curve.map((value) => (value === null ? null : toY(value))))
  const floor = (ys[0] ?? []).map((y) => (y === null ? null : HEIGHT))
  return (
    <Stretched width={CURVE_WIDTH} height={HEIGHT}>
      {lines.map(({ key, colour }, i) =>
        isStacked ? (
          <path
            key={key}
            className={styles.band}
            data-mark
            fill={`var(--${colour})`}
            d={toBandPath(xs, ys[i] ?? [], ys[i - 1] ?? floor)}
          />
        ) : (
          <path
            key={key}
            className={styles.line}
            data-mark
            stroke={`var(--${colour})`}
            d={toLinePath(xs, ys[i] ?? [])}
          />
        ),
      )}
    </Stretched>
  )
}
