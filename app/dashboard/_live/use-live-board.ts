'use client'
// The live board in React: one stream for the whole page.
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveBoard } from './live-board'
import { useLiveStart } from './live-provider'
import type { LiveQuestion } from './live-store'
import { createLiveStore } from './live-store'
import { openTrpcStream } from './open-trpc-stream'
import { stepMsFor } from './step'
import { useTRPCClient } from './trpc-client'

/** A point may be this many scrapes late, and at least 5 s, before the board is called stale. */
const STALE_AFTER_SCRAPES = 3
const STALE_AFTER_AT_LEAST_MS = 5_000

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
    return createLiveStore(openTrpcStream(client), question, moments, staleAfterMs)
  }, [client, initial, questionKey, scrapeIntervalMs])

  useEffect(() => store.setPaused(isPaused), [store, isPaused])
  return useSyncExternalStore(store.subscribe, store.getBoard, store.getBoard)
}
