'use client'
// Says that a panel's numbers have stopped, since when, and why if it is known.
import { createContext, use } from 'react'
import { toClock } from '../_format/time'
import styles from './lost-badge.module.css'

/** Why the server does not answer that all panels ask; the bar says it then. */
export const SourceProblem = createContext<string | undefined>(undefined)

export function LostBadge({ reason, newestMs }: { reason: string | undefined; newestMs: number | null }) {
  const since = newestMs === null ? 'No connection' : `Stopped at ${toClock(newestMs)}`
  return (
    <strong className={styles.lost} title={reason ?? since}>
      {useReason(reason) ?? since}
    </strong>
  )
}

/** One cause is said once, and not in each panel. */
export function useReason(reason: string | undefined): string | undefined {
  const isSaid = use(SourceProblem) !== undefined && reason?.startsWith('Prometheus at ')
  return isSaid ? 'No new values' : reason
}
