'use client'
// Rows hold still under the reader: while the pointer or the focus of the keyboard is in a list, what is there keeps its place.
import type { FocusEvent } from 'react'
import { useEffect, useRef, useState } from 'react'

/** Whether the reader is in an element, and the handlers that tell: they go onto that element. */
export function useReader() {
  const [hasPointer, setPointer] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const handlers = {
    onPointerEnter: () => setPointer(true),
    onPointerLeave: () => setPointer(false),
    // A click focuses too, and that focus stays when the pointer has left: only the keyboard's counts.
    onFocus: ({ target }: FocusEvent) => setFocus(target.matches(':focus-visible')),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
      setFocus(currentTarget.contains(relatedTarget) && hasFocus),
  }
  return { isHere: hasPointer || hasFocus, handlers }
}

/**
 * `keys` in their order. While `isHeld`, those that were there stay where they are as long as they are among `all`, and new
 * ones come after them. Another `choice`, which is the reader's own, takes effect at once.
 */
export function useSteadyOrder(
  keys: readonly string[],
  all: ReadonlySet<string>,
  isHeld: boolean,
  choice: string,
): readonly string[] {
  const last = useRef({ keys, choice })
  const shown = isHeld && last.current.choice === choice ? keepOrder(last.current.keys, keys, all) : keys
  useEffect(() => {
    last.current = { keys: shown, choice }
  }, [shown, choice])
  return shown
}

export function keepOrder(before: readonly string[], now: readonly string[], all: ReadonlySet<string>): string[] {
  const known = new Set(before)
  return [...before.filter((key) => all.has(key)), ...now.filter((key) => !known.has(key))]
}
