'use client'
// Says that a panel's numbers have stopped, since when, and why if it is known.
import { createContext, use } from 'react'
import { toClock } from '../_format/time'
import type { Reason } from './face'
import styles from './lost-badge.module.css'

/** Why the server does not answer that all panels ask; the bar says it then. */
export const SourceProblem = createContext<string | undefined>(undefined)

export function LostBadge({ reason, newestMs }: { reason: Reason; newestMs: number | null }) {
  const since = newestMs === null ? 'No connection' : `Stopped at ${toClock(newestMs)}`
  return (
    <strong className={styles.lost} title={reason?.message ?? since}>
      {useReason(reason) ?? since}
    </strong>
  )
}

/** One cause is said once, and not in each panel. */
export function useReason(reason: Reason): string | undefined {
  const isSaid = use(SourceProblem) !== undefined && reason?.isSource
  return isSaid ? 'No new values' : reason?.message
}
