'use client'
// The curves of a chart over time, on recharts' plot area: lines, or areas on top of each other.
import { usePlotArea } from 'recharts'
import type { ChartLine } from './chart-line'
import type { Curves } from './curves'
import { toBandPath, toLinePath } from './svg-path'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'
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

export function TimeMarks({ isStacked, lines, drawn: { timesMs, curves }, frame, axis }: TimeMarksProps) {
  const area = usePlotArea()
  if (area === undefined) return null
  const xs = timesMs.map((timeMs) => area.x + toFraction(frame, timeMs) * area.width)
  const toY = (value: number) => area.y + (1 - axis.toFraction(value)) * area.height
  const ys = curves.map((curve) => curve.map((value) => (value === null ? null : toY(value))))
  const floor = (ys[0] ?? []).map((y) => (y === null ? null : toY(axis.domain[0])))
  return lines.map(({ key, colour }, i) =>
    isStacked ? (
      <path
        key={key}
        className={styles.band}
        data-mark
        fill={`var(--${colour})`}
        d={toBandPath(xs, ys[i] ?? [], ys[i - 1] ?? floor)}
      />
    ) : (
      <path key={key} className={styles.line} data-mark stroke={`var(--${colour})`} d={toLinePath(xs, ys[i] ?? [])} />
    ),
  )
}
