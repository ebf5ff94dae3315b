'use client'
// Holds on to a value while a newer one isn't wanted: not ready yet, or nobody looks.
import { useEffect, useRef } from 'react'

/** `value` while it is wanted; otherwise the last one that was, or `value` if none ever was. */
export function useHeld<T>(value: T, isWanted: boolean): T {
  const held = useRef(value)
  const has = useRef(false)
  useEffect(() => {
    if (!isWanted) return
    held.current = value
    has.current = true
  }, [value, isWanted])
  return isWanted || !has.current ? value : held.current
}
