'use client'
// The board in React: one stream for the whole page, while somebody sees it, or one question where the time stands still.
import { use, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { LiveBoard } from './live-board'
import { useLive } from './live-provider'
import type { LiveQuestion } from './live-store'
import { stepMsFor } from './step'

export type LiveBoardInput = {
  /** PromQL over the whole range. */
  exprs: string[]
  /** PromQL at the newest instant only: their `values` are null but for the last. Cheaper where no line is drawn. */
  instantExprs: string[]
  rangeMs: number
  /** Where the time ends, if it stands still. */
  endMs: number | undefined
}

/** A page that is gone to appears when its board can be drawn: until then the page before it stays. */
export function useLiveBoard({ exprs, instantExprs, rangeMs, endMs }: LiveBoardInput): LiveBoard {
  const { scrapeIntervalMs, stores } = useLive()
  const stepMs = stepMsFor(rangeMs, scrapeIntervalMs)
  const key = JSON.stringify({ exprs, instantExprs, rangeMs, stepMs, endMs } satisfies LiveQuestion)
  const store = useMemo(() => stores.get(JSON.parse(key) as LiveQuestion), [stores, key])
  const shown = useRef<typeof store>(undefined)
  const wait = shown.current === undefined ? stores.ready(store) : undefined
  if (wait !== undefined) use(wait)

  useEffect(() => {
    shown.current = store
  }, [store])
  // Before the one below ends what it has begun: the stream is not to end in between.
  useEffect(
    () => () => {
      if (shown.current !== undefined) stores.leave(shown.current)
    },
    [stores],
  )
  return useSyncExternalStore(store.subscribe, store.getBoard, store.getBoard)
}
