'use client'
// Keeps a value while a newer one is not wanted: it is not ready yet, or nobody is looking.
import { useEffect, useRef } from 'react'

/** `value` whenever it is wanted; otherwise the last one that was, or the first of all. `isWanted` is asked with that. */
export function useHeld<T>(value: T, isWanted: (held: T) => boolean): T {
  const held = useRef(value)
  const shown = isWanted(held.current) ? value : held.current
  useEffect(() => {
    held.current = shown
  }, [shown])
  return shown
}
