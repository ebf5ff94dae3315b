'use client'
// One row of the route table. Its button is for keys and screen readers; a click anywhere on the row does the same.
import { share } from '../_charts/chart-frame'
import { toCount } from '../_format/digits'
import { toReading, toText } from '../_format/unit'
import type { RouteRow } from './route-rows'
import styles from './route-table.module.css'

type RouteLineProps = {
  row: RouteRow
  /** The highest rate of all rows, which is a full meter. */
  busiest: number
  isChosen: boolean
  onChoose: (route: string | undefined) => void
}

/** From here on a share of failures is called bad. */
const BAD_SHARE = 0.01

export function RouteLine({ row: { method, route, values }, busiest, isChosen, onChoose }: RouteLineProps) {
  const failed = values['5xx']
  const choose = () => onChoose(isChosen ? undefined : route)
  const latency = (value: number | null) => toText(value, 'seconds')
  return (
    <tr className={styles.row} onClick={choose} data-chosen={isChosen || undefined}>
      <th scope="row">
        <div className={styles.name}>
          <em>{method}</em>
          <button
            type="button"
            title={route}
            aria-pressed={isChosen}
            onClick={(event) => {
              event.stopPropagation()
              choose()
            }}
          >
            <bdi>
              <code>{route}</code>
            </bdi>
          </button>
        </div>
      </th>
      <td>
        <svg className={styles.meter} data-mark aria-hidden="true">
          <rect width={share(busiest > 0 ? (values.Rate ?? 0) / busiest : 0)} height="100%" rx={2.5} />
        </svg>
        <span className={styles.rate}>{toReading(values.Rate, 'perSecond').digits}</span>
      </td>
      <td className={failed !== null && failed >= BAD_SHARE ? styles.bad : failed === 0 ? styles.quiet : undefined}>
        {toText(failed, 'percent')}
      </td>
      <td className={styles.optional}>{latency(values.p50)}</td>
      <td>{latency(values.p95)}</td>
      <td className={styles.optional}>{latency(values.p99)}</td>
      <td className={`${styles.optional} ${styles.quiet}`}>{toCount(values.Total)}</td>
    </tr>
  )
}
