'use client'
// How the reader moves through time: holds what is seen, zooms, goes back, and returns to now. All of it is in the URL.
import { useEffect, useMemo, useRef, useState } from 'react'
import { createCursor } from '../_charts/cursor'
import { viewNow } from './use-view'
import type { View } from './view'
import { toWindow } from './view'

/** A zoom shows so many scrapes at least: fewer points are no curve. */
const LEAST_SCRAPES = 5

type ShownTimeInput = {
  changeView: (change: Partial<View>) => void
  /** The time that is drawn. */
  shownMs: [startMs: number, endMs: number]
  /** Where it ends, if it stands still. */
  fixedMs: number | undefined
  scrapeIntervalMs: number
  /** What the server's clock said when it was asked last. */
  nowMs: number
}

/** A zoom, to be taken back: from where it led to where. */
type Step = { from: View['window']; to: View['window'] }

export function useShownTime(input: ShownTimeInput) {
  // What the functions below read when they are called; they themselves stay the same.
  const now = useRef(input)
  useEffect(() => {
    now.current = input
  })
  const steps = useRef<Step[]>([])

  const moves = useMemo(() => {
    const show = (window: View['window'], change: Partial<View> = {}) => now.current.changeView({ ...change, window })

    function toNow() {
      steps.current = []
      show(undefined)
    }

    return {
      toNow,
      /** A window that the address has already, though it isn't drawn yet, is held. */
      hold() {
        if (viewNow().window === undefined) show(toWindow(...now.current.shownMs))
      },
      /** A time that stands still keeps its end. */
      chooseRange(rangeMs: number) {
        const fixedMs = endOf(viewNow().window, now.current.fixedMs)
        show(fixedMs === undefined ? undefined : toWindow(fixedMs - rangeMs, fixedMs), { rangeMs })
      },
      zoom(fromMs: number, toMs: number) {
        const { fixedMs, nowMs, scrapeIntervalMs, shownMs } = now.current
        // After a time that stands still there is more, up to now.
        const lastMs = fixedMs === undefined ? shownMs[1] : Math.max(shownMs[1], nowMs)
        const window = toZoomed([fromMs, toMs], lastMs, scrapeIntervalMs)
        steps.current.push({ from: viewNow().window, to: window })
        show(window)
      },
      back() {
        const { window } = viewNow()
        const step = steps.current.pop()
        if (step !== undefined && isSame(step.to, window)) show(step.from)
        else if (window !== undefined) toNow()
      },
    }
  }, [])
  const [cursor] = useState(() => createCursor(moves.zoom))

  useEffect(() => {
    function goBack(event: KeyboardEvent) {
      // Where something lies over the page, the key closes that.
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector(':popover-open') !== null) return
      if (cursor.get()?.isPinned === true) cursor.pin(null)
      else moves.back()
    }
    window.addEventListener('keydown', goBack)
    return () => window.removeEventListener('keydown', goBack)
  }, [cursor, moves])

  return { ...moves, cursor }
}

/**
 * Where the window ends that the address has, which may not be drawn yet. What is relative in it counts from when the page came:
 * `drawnMs` is that.
 */
export function endOf(window: View['window'], drawnMs: number | undefined): number | undefined {
  if (window === undefined) return undefined
  return /^\d+$/.test(window.to) ? Number(window.to) : drawnMs
}

/** From scrape to scrape, not beyond `lastMs`, and not too short: around the middle of what was asked for. */
export function toZoomed(
  [fromMs, toMs]: [fromMs: number, toMs: number],
  lastMs: number,
  scrapeIntervalMs: number,
): { from: string; to: string } | undefined {
  const toScrape = (ms: number) => Math.round(ms / scrapeIntervalMs) * scrapeIntervalMs
  const missingMs = Math.max(0, LEAST_SCRAPES * scrapeIntervalMs - (toMs - fromMs))
  const endMs = Math.min(toScrape(toMs + missingMs / 2), Math.floor(lastMs))
  const startMs = Math.max(0, Math.min(toScrape(fromMs - missingMs / 2), endMs - LEAST_SCRAPES * scrapeIntervalMs))
  return toWindow(startMs, endMs)
}

const isSame = (a: View['window'], b: View['window']) => a?.from === b?.from && a?.to === b?.to
