'use client'
// The newest value of each series: as a bar, or as a number over its recent past.
import { share } from '../_charts/chart-frame'
import { Spark } from '../_charts/spark'
import { Swatch } from '../_charts/swatch'
import type { TimeFrame } from '../_charts/time-frame'
import { toReading, toText } from '../_format/unit'
import type { ExploreView } from '../_state/explore-query'
import styles from './bars.module.css'
import type { DrawnSeries } from './shape'

type BarsProps = { series: readonly DrawnSeries[]; unit: ExploreView['unit'] }

/** As many numbers as a screen holds. */
const MOST_NUMBERS = 24

const newestOf = ({ values }: DrawnSeries) => values.findLast((value) => value !== null)

const sizeOf = (one: DrawnSeries) => newestOf(one) ?? Number.NEGATIVE_INFINITY

/** The largest first. From 0, which is in the middle of them where some values lie below it. */
export function Bars({ series: all, unit }: BarsProps) {
  const series = [...all].sort((a, b) => sizeOf(b) - sizeOf(a))
  const values = series.map((one) => newestOf(one)).map((value) => (Number.isFinite(value) ? Number(value) : 0))
  const least = Math.min(0, ...values)
  const length = Math.max(0, ...values) - least || 1
  return (
    <ul className={styles.bars}>
      {series.map((one, i) => {
        const value = values[i] ?? 0
        return (
          <li key={one.key}>
            <span className={styles.name}>{one.name}</span>
            <svg aria-hidden="true">
              <rect
                x={share((Math.min(0, value) - least) / length)}
                width={share(Math.abs(value) / length)}
                height="100%"
                rx={2.5}
                fill={`var(--${one.colour})`}
              />
            </svg>
            <b>{toText(newestOf(one), unit)}</b>
          </li>
        )
      })}
    </ul>
  )
}

export function Numbers({
  series,
  unit,
  timesMs,
  frame,
}: BarsProps & { timesMs: readonly number[]; frame: TimeFrame }) {
  return (
    <ul className={styles.numbers}>
      {series.slice(0, MOST_NUMBERS).map((one) => {
        const { digits, suffix } = toReading(newestOf(one), unit)
        return (
          <li key={one.key}>
            <span>
              <Swatch colour={one.colour} /> {one.name}
            </span>
            <strong>
              {digits}
              <small>{suffix}</small>
            </strong>
            <Spark timesMs={timesMs} values={one.values} frame={frame} colour={one.colour} height={40} />
          </li>
        )
      })}
    </ul>
  )
}
