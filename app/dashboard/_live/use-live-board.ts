'use client'
// The board in React: one stream for the whole page, while somebody sees it, or one question where the time stands still.
import type { TRPCClient } from '@trpc/client'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { AppRouter } from '@/server/trpc/app-router'
import type { LiveEvent } from '@/server/trpc/live-event'
import { useShell } from '../_state/shell'
import { deflated } from './deflated'
import type { LiveBoard } from './live-board'
import { applyEvent, NO_POINTS } from './live-points'
import { useLiveStart } from './live-provider'
import type { LiveQuestion } from './live-store'
import { createLiveStore } from './live-store'
import { openTrpcStream } from './open-trpc-stream'
import { openTabChannel, shareStream } from './shared-stream'
import { stepMsFor } from './step'
import { useTRPCClient } from './trpc-client'
import type { AskWindow, FirstPoints } from './window-store'
import { createWindowStore } from './window-store'

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
  /** Where the time ends, if it stands still. */
  endMs: number | undefined
}

export function useLiveBoard({ exprs, instantExprs, rangeMs, endMs }: LiveBoardInput): LiveBoard {
  const client = useTRPCClient()
  const { doors } = useShell()
  const { scrapeIntervalMs, initial } = useLiveStart()
  const stepMs = stepMsFor(rangeMs, scrapeIntervalMs)
  const questionKey = JSON.stringify({ exprs, instantExprs, rangeMs, stepMs } satisfies LiveQuestion)

  // It outlives a pause, so that it goes on where it was.
  const live = useMemo(() => {
    const moments = JSON.stringify(initial.question) === questionKey ? initial.moments : []
    const messages = moments.map(({ id, json }) => ({ id, event: readEvent(json) }))
    const staleAfterMs = Math.max(STALE_AFTER_AT_LEAST_MS, STALE_AFTER_SCRAPES * scrapeIntervalMs)
    const open = shareStream({
      open: openTrpcStream(client),
      openChannel: openTabChannel,
      place: doors.trpc,
      pollMs: Math.max(POLL_AT_MOST_EVERY_MS, scrapeIntervalMs),
    })
    return createLiveStore(open, readQuestion(questionKey), messages, staleAfterMs)
  }, [client, doors.trpc, initial, questionKey, scrapeIntervalMs])

  const store = useMemo(() => {
    if (endMs === undefined) return live
    const question = { ...readQuestion(questionKey), endMs }
    const [moment] = JSON.stringify(initial.question) === JSON.stringify(question) ? initial.moments : []
    const told = live.getPoints()
    let first: FirstPoints | undefined
    if (moment !== undefined) {
      const points = applyEvent(NO_POINTS, readEvent(moment.json), question.rangeMs, question.stepMs)
      first = { points, isWhole: true }
    } else if (told.timesMs.at(-1) === endMs) first = { points: told, isWhole: false }
    return createWindowStore(askTrpc(client), question, first)
  }, [client, initial, live, questionKey, endMs])

  useEffect(() => whileHidden(live.setHidden), [live])
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

function askTrpc(client: TRPCClient<AppRouter>): AskWindow {
  return async ({ endMs = 0, ...question }, signal) => {
    const { json } = await client.metrics.window.query({ ...(await deflated(question)), endMs }, { signal })
    return readEvent(json)
  }
}

const readEvent = (json: string) => JSON.parse(json) as LiveEvent
const readQuestion = (json: string) => JSON.parse(json) as LiveQuestion
