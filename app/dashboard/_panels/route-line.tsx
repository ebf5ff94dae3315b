'use client'
// One row of the route table. The name is a link to the board of that route; a click anywhere on the row does the same.
import { ERROR_SHARE } from '../_boards/overview'
import { share } from '../_charts/chart-frame'
import { toCount } from '../_format/digits'
import { toReading, toText } from '../_format/unit'
import { useView } from '../_state/use-view'
import { ViewLink } from '../_state/view-link'
import { LevelBadge } from './level-badge'
import type { RouteRow } from './route-rows'
import { isFailing } from './route-rows'
import styles from './route-table.module.css'

type RouteLineProps = {
  row: RouteRow
  /** The highest rate of all rows, which is a full meter. */
  busiest: number
  isChosen: boolean
}

export function RouteLine({ row, busiest, isChosen }: RouteLineProps) {
  const { method, route, values } = row
  const failed = values['5xx']
  const level = isFailing(row) ? ((failed ?? 0) >= ERROR_SHARE.bad ? 'bad' : 'warning') : undefined
  const [, changeView] = useView()
  const next = { route: isChosen ? undefined : route }
  const latency = (value: number | null) => toText(value, 'seconds')
  return (
    <tr className={styles.row} onClick={() => changeView(next)} data-chosen={isChosen || undefined}>
      <th scope="row">
        <div className={styles.name}>
          <em>{method}</em>
          <ViewLink change={next} title={route} aria-current={isChosen || undefined}>
            <bdi>
              <code>{route}</code>
            </bdi>
          </ViewLink>
          {level !== undefined && <LevelBadge level={level} word="Fails" />}
        </div>
      </th>
      <td>
        <svg className={styles.meter} data-mark aria-hidden="true">
          <rect width={share(busiest > 0 ? (values.Rate ?? 0) / busiest : 0)} height="100%" rx={2.5} />
        </svg>
        <span className={styles.rate}>{toReading(values.Rate, 'perSecond').digits}</span>
      </td>
      <td className={failed === 0 ? styles.quiet : undefined} data-level={level}>
        {toText(failed, 'percent')}
      </td>
      <td className={styles.optional}>{latency(values.p50)}</td>
      <td>{latency(values.p95)}</td>
      <td className={styles.optional}>{latency(values.p99)}</td>
      <td className={`${styles.optional} ${styles.quiet}`}>{toCount(values.Total)}</td>
    </tr>
  )
}
