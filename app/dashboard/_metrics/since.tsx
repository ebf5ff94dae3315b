'use client'
// Since when a metric is known: an engine (PROMETHEUS_URL) tells the start of the programs, the storage its first sample.
import { useHasMounted } from '../_charts/use-has-mounted'
import { toMoment } from '../_format/time'

export function Since({ sinceMs, isEngine }: { sinceMs: number; isEngine: boolean }) {
  // The server doesn't know the reader's time zone, nor its day.
  const hasMounted = useHasMounted()
  const why = isEngine ? 'The oldest program that exposes it started then' : 'The first sample that is held'
  return (
    <time title={why} dateTime={new Date(sinceMs).toISOString()}>
      {hasMounted ? `since ${toMoment(sinceMs, Date.now())}` : ''}
    </time>
  )
}
