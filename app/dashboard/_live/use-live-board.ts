'use client'
// The live board in React: one stream for the whole page, while somebody sees it.
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { LiveEvent } from '@/server/trpc/live-event'
import { useShell } from '../_state/shell'
import type { LiveBoard } from './live-board'
import { useLiveStart } from './live-provider'
import type { LiveQuestion } from './live-store'
import { createLiveStore } from './live-store'
import { openTrpcStream } from './open-trpc-stream'
import { openTabChannel, shareStream } from './shared-stream'
import { stepMsFor } from './step'
import { useTRPCClient } from './trpc-client'

/** A point may be this many scrapes late, and at least 5 s, before the board is called stale. */
const STALE_AFTER_SCRAPES = 3
const STALE_AFTER_AT_LEAST_MS = 5_000
/** Where this browser has as many streams as it may have: often enough not to be called stale. */
const POLL_AT_MOST_EVERY_MS = 3_000

export type LiveBoardInput = {
  /** PromQL over the whole range. */
  exprs: string[]
  /** PromQL at the newest instant only: their `values` are null but for the last. Cheaper where no line is drawn. */
  instantExprs: string[]
  rangeMs: number
  isPaused: boolean
}

export function useLiveBoard({ exprs, instantExprs, rangeMs, isPaused }: LiveBoardInput): LiveBoard {
  const client = useTRPCClient()
  const { doors } = useShell()
  const { scrapeIntervalMs, initial } = useLiveStart()
  const questionKey = JSON.stringify([exprs, instantExprs, rangeMs])

  const store = useMemo(() => {
    const [exprs, instantExprs, rangeMs]: [string[], string[], number] = JSON.parse(questionKey)
    const question: LiveQuestion = { exprs, instantExprs, rangeMs, stepMs: stepMsFor(rangeMs, scrapeIntervalMs) }
    const isInitial = JSON.stringify(initial.question) === JSON.stringify(question)
    const moments = isInitial
      ? initial.moments.map(({ id, json }) => ({ id, event: JSON.parse(json) as LiveEvent }))
      : []
    const staleAfterMs = Math.max(STALE_AFTER_AT_LEAST_MS, STALE_AFTER_SCRAPES * scrapeIntervalMs)
    const open = shareStream({
      open: openTrpcStream(client),
      openChannel: openTabChannel,
      place: doors.trpc,
      pollMs: Math.max(POLL_AT_MOST_EVERY_MS, scrapeIntervalMs),
    })
    return createLiveStore(open, question, moments, staleAfterMs)
  }, [client, doors.trpc, initial, questionKey, scrapeIntervalMs])

  useEffect(() => store.setPaused(isPaused), [store, isPaused])
  useEffect(() => whileHidden(store.setHidden), [store])
  return useSyncExternalStore(store.subscribe, store.getBoard, store.getBoard)
}

/** Tells whether the page is hidden, at once and at each change, until the returned function is called. */
function whileHidden(tell: (isHidden: boolean) => void): () => void {
  const look = () => tell(document.visibilityState === 'hidden')
  // A page that is left is hidden as well, and may come back out of the browser's cache of pages.
  const leave = () => tell(true)
  look()
  document.addEventListener('visibilitychange', look)
  window.addEventListener('pagehide', leave)
  window.addEventListener('pageshow', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('pageshow', look)
  }
}
