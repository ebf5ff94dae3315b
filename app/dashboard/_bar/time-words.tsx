'use client'
// Which time is shown where it stands still, what of it is not remembered, and the way back to now.
import { useHasMounted } from '../_charts/use-has-mounted'
import { toMoment } from '../_format/time'
import type { Status } from '../_panels/use-status'
import styles from './time-words.module.css'

type TimeWordsProps = {
  startMs: number
  endMs: number
  isFixed: boolean
  remembered: Pick<Status, 'source' | 'oldestMs' | 'retentionMs' | 'nowMs'>
  onNow: () => void
}

export function TimeWords({ startMs, endMs, isFixed, remembered, onNow }: TimeWordsProps) {
  // The server doesn't know the reader's time zone.
  const hasMounted = useHasMounted()
  const gap = toGapWords({ startMs, endMs, isFixed }, remembered, hasMounted)
  const { nowMs } = remembered
  return (
    <span className={styles.time}>
      {isFixed && (
        <span className={styles.moments}>
          {hasMounted ? `${toMoment(startMs, nowMs)} – ${toMoment(endMs, nowMs)}` : ''}
        </span>
      )}
      {gap !== undefined && <span className={styles.gap}>{gap}</span>}
      {isFixed && (
        <button type="button" className={styles.now} onClick={onNow}>
          Now
        </button>
      )}
    </span>
  )
}

type Shown = { startMs: number; endMs: number; isFixed: boolean }

/** Less is no gap: the first scrape is a moment after the start. */
const LEAST_GAP_MS = 2_000

/**
 * `nothing before 14:02:11`, where the window begins before the oldest sample; without `hasClock` no time is said.
 * Undefined where all of it is remembered, and where a Prometheus answers, whose memory is its own business. A live range
 * fills by itself, unless it is longer than what is kept.
 */
export function toGapWords(
  { startMs, endMs, isFixed }: Shown,
  { source, oldestMs, retentionMs, nowMs }: TimeWordsProps['remembered'],
  hasClock: boolean,
): string | undefined {
  const isAlwaysShort = endMs - startMs > retentionMs
  if (source.kind === 'prometheus' || !(isFixed || isAlwaysShort)) return undefined
  if (oldestMs === undefined || endMs < oldestMs) return 'not remembered'
  if (startMs >= oldestMs - LEAST_GAP_MS) return undefined
  return hasClock ? `nothing before ${toMoment(oldestMs, nowMs)}` : 'not all remembered'
}
