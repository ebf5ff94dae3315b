'use client'
// A chart over time and the shared cursor: which of its points the reader points at, and how to move there.
import { useCallback, useMemo } from 'react'
import type { TimeFrame } from './time-frame'
import { nearestIndex, toFraction } from './time-frame'
import { useCursor, useCursorStore } from './use-cursor'

/** `index` is -1 without a cursor; `chart` is this chart's id, which the cursor carries while the reader is in it. */
export function useMoment(chart: string, timesMs: readonly number[], frame: TimeFrame) {
  const store = useCursorStore()
  const cursor = useCursor()
  const { startMs, endMs } = frame
  const moves = useMemo(
    () => ({
      toX: (index: number) => toFraction({ startMs, endMs, ticksMs: [] }, timesMs[index] ?? startMs),
      toIndex: (x: number) => nearestIndex(timesMs, startMs + x * (endMs - startMs)),
      onZoom: (from: number, to: number) =>
        store.zoom(startMs + from * (endMs - startMs), startMs + to * (endMs - startMs)),
    }),
    [store, timesMs, startMs, endMs],
  )
  const onMove = useCallback(
    (index: number | null) => {
      const timeMs = index === null ? undefined : timesMs[index]
      const before = store.get()
      // What is pinned holds nobody up once its moment has left the window.
      if (before?.isPinned === true && !isWithin(before.timeMs, startMs, endMs)) store.pin(null)
      if (timeMs !== undefined) store.set({ timeMs, chart })
      else if (store.get()?.chart === chart) store.set(null)
    },
    [store, chart, timesMs, startMs, endMs],
  )
  const onPin = useCallback(
    (index: number | null) => {
      const timeMs = index === null ? undefined : timesMs[index]
      store.pin(timeMs === undefined ? null : { timeMs, chart })
    },
    [store, chart, timesMs],
  )
  const isHere = cursor !== null && isWithin(cursor.timeMs, startMs, endMs)
  const index = isHere ? nearestIndex(timesMs, cursor.timeMs) : -1
  const isPinned = isHere && cursor.isPinned
  return { ...moves, onMove, onPin, index, isPinned, isActive: cursor?.chart === chart }
}

const isWithin = (timeMs: number, startMs: number, endMs: number) => timeMs >= startMs && timeMs <= endMs
