'use client'
// The labels of a time axis. The server doesn't know the reader's time zone: it writes UTC, and says so.
import { toTickLabel } from '../_format/time'
import type { AxisTick } from './chart-frame'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'
import { useHasMounted } from './use-has-mounted'

/** `zone` is absent once the labels are in the reader's own. */
export function useTimeTicks(frame: TimeFrame): { x: AxisTick[]; zone?: 'UTC' } {
  const isLocal = useHasMounted()
  const x = frame.ticksMs.map((tickMs) => ({ at: toFraction(frame, tickMs), label: toTickLabel(tickMs, !isLocal) }))
  return isLocal ? { x } : { x, zone: 'UTC' }
}
