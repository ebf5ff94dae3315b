'use client'
// The server's clock, in the browser.
import { useEffect, useRef, useState } from 'react'
import type { Status } from './use-status'

/** What the server's clock says: as its last answers told, of which the one that came fastest is the nearest. */
export function useServerClock({ nowMs }: Status): () => number {
  const aheadMs = useRef(Number.NEGATIVE_INFINITY)
  const [clock] = useState(() => () => Date.now() + (Number.isFinite(aheadMs.current) ? aheadMs.current : 0))
  useEffect(() => {
    aheadMs.current = Math.max(aheadMs.current, nowMs - Date.now())
  }, [nowMs])
  return clock
}
