'use client'
// A native popover beside the button that opens it: always on the screen, whichever way there is more room.
import type { RefObject } from 'react'
import { useEffect } from 'react'

const GAP_PX = 4
const EDGE_PX = 8

/** Keeps the popover in its place while it is open; it is to be fixed, and as wide and as high as `--room-x` and `--room-y` at most. */
export function useBeside(
  button: RefObject<HTMLElement | null>,
  popover: RefObject<HTMLElement | null>,
  isOpen: boolean,
): void {
  useEffect(() => {
    if (!isOpen) return
    const place = () => button.current && popover.current && placeBeside(popover.current, button.current)
    place()
    window.addEventListener('scroll', place, { capture: true, passive: true })
    window.addEventListener('resize', place)
    return () => {
      window.removeEventListener('scroll', place, { capture: true })
      window.removeEventListener('resize', place)
    }
  }, [button, popover, isOpen])
}

function placeBeside({ style }: HTMLElement, button: HTMLElement): void {
  const { bottom, left, right, top } = button.getBoundingClientRect()
  const { clientHeight: height, clientWidth: width } = document.documentElement
  const isLeft = left + right < width
  const isUpper = top + bottom < height
  style.left = isLeft ? `${Math.max(EDGE_PX, left)}px` : 'auto'
  style.right = isLeft ? 'auto' : `${Math.max(EDGE_PX, width - right)}px`
  style.top = isUpper ? `${bottom + GAP_PX}px` : 'auto'
  style.bottom = isUpper ? 'auto' : `${height - top + GAP_PX}px`
  style.setProperty('--room-x', `${(isLeft ? width - left : right) - EDGE_PX}px`)
  style.setProperty('--room-y', `${(isUpper ? height - bottom : top) - GAP_PX - EDGE_PX}px`)
}
