'use client'
// The names of a chart's series with their newest values, or with those at the cursor while there is one.
import { NO_VALUE } from '../_format/digits'
import type { Unit } from '../_format/unit'
import { toLegendText } from '../_format/unit'
import type { ChartLine } from './chart-line'
import styles from './legend.module.css'
import { Swatch } from './swatch'
import { nearestIndex } from './time-frame'
import { useCursor } from './use-cursor'

type LegendProps = { lines: readonly ChartLine[]; timesMs: readonly number[]; unit: Unit }

export function Legend({ lines, timesMs, unit }: LegendProps) {
  const cursor = useCursor()
  const index = cursor === null ? timesMs.length - 1 : nearestIndex(timesMs, cursor.timeMs)
  return (
    <ul className={styles.legend}>
      {lines.map(({ key, name, colour, values }) => (
        <li key={key}>
          <Swatch colour={colour} />
          {name} <b>{index < 0 ? NO_VALUE : toLegendText(values[index], unit)}</b>
        </li>
      ))}
    </ul>
  )
}
