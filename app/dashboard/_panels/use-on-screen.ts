'use client'
// Whether an element is on the screen or near it. Other elements are not drawn.
import type { RefObject } from 'react'
import { useEffect, useState } from 'react'

const NEAR = '160px 0px'

/** True until the browser has said otherwise: the first paint draws everything. */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [isOnScreen, setOnScreen] = useState(true)
  useEffect(() => {
    if (element.current === null) return
    const observer = new IntersectionObserver((entries) => setOnScreen(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: NEAR,
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return isOnScreen
}
