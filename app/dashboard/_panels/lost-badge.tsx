'use client'
// Says that a panel's numbers have stopped, since when, and why if it is known.
import { toClock } from '../_format/time'
import styles from './lost-badge.module.css'

export function LostBadge({ reason, newestMs }: { reason: string | undefined; newestMs: number | null }) {
  const since = newestMs === null ? 'No connection' : `Stopped at ${toClock(newestMs)}`
  return (
    <strong className={styles.lost} title={reason ?? since}>
      {reason ?? since}
    </strong>
  )
}
