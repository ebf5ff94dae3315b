'use client'
// The curves of a chart over time, which recharts draws: lines, or areas in front of each other. Its charts would hold
// every point several times over and redraw in the browser only; its parts stand alone where they are told everything.
import { Curve } from 'recharts'
import { Stretched } from './chart-frame'
import type { ChartLine } from './chart-line'
import type { Curves } from './curves'
import { CURVE_WIDTH, toPoints } from './curves'
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
  const toY = (value: number) => (1 - axis.toFraction(value)) * HEIGHT
  const marks = lines.map(({ key, colour }, i) => ({
    key,
    colour: `var(--${colour})`,
    points: toPoints(timesMs, curves[i] ?? [], frame, toY),
  }))
  return (
    <Stretched width={CURVE_WIDTH} height={HEIGHT}>
      {isStacked ? (
        // From the highest to the lowest: each hides what is no part of the one behind it.
        <g className={styles.stack} data-mark>
          {marks.reverse().map(({ key, colour, points }) => (
            <Curve key={key} points={points} baseLine={HEIGHT} fill={colour} />
          ))}
        </g>
      ) : (
        marks.map(({ key, colour, points }) => (
          <Curve key={key} className={styles.line} points={points} stroke={colour} data-mark />
        ))
      )}
    </Stretched>
  )
}
