'use client'
// Clock times need the reader's time zone, which the server doesn't know: they appear after the first paint.
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False on the server and while React takes over its HTML, true from then on. */
export function useHasMounted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
