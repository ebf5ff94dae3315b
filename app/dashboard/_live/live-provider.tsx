'use client'
// What stands above all pages: what came with the document, the typed client, and the boards with their streams.
import type { TRPCClient } from '@trpc/client'
import type { ReactNode } from 'react'
import { createContext, useContext, useEffect, useState } from 'react'
import type { AppRouter } from '@/server/trpc/app-router'
import type { LiveEvent } from '@/server/trpc/live-event'
import type { PageStart } from '@/server/web/page-start'
import { EXCEPTIONS } from '../_panels/use-exception-groups'
import type { Status } from '../_panels/use-status'
import { deflated } from './deflated'
import type { LiveStores } from './live-stores'
import { createLiveStores } from './live-stores'
import { openTrpcStream } from './open-trpc-stream'
import { openTabChannel, shareStream } from './shared-stream'
import { TrpcClient, useTRPCClient } from './trpc-client'
import type { AskWindow } from './window-store'

/** A point may be this many scrapes late, and at least 5 s, before the board is called stale. */
const STALE_AFTER_SCRAPES = 3
const STALE_AFTER_AT_LEAST_MS = 5_000
/** Where this browser has as many streams as it may have: often enough not to be called stale. */
const POLL_AT_MOST_EVERY_MS = 3_000

/** A page whose questions are the reader's own comes without a history. */
export type LiveStart = { status: Status } & Partial<Pick<PageStart, 'exceptions' | 'live'>>

type Live = { start: LiveStart; scrapeIntervalMs: number; stores: LiveStores }

const LiveContext = createContext<Live | null>(null)

type LiveProviderProps = {
  /** Where tRPC answers. */
  url: string
  start: LiveStart
  children: ReactNode
}

export function LiveProvider({ url, start, children }: LiveProviderProps) {
  return (
    <TrpcClient url={url} known={start.exceptions && [[EXCEPTIONS, start.exceptions]]}>
      <Boards url={url} start={start}>
        {children}
      </Boards>
    </TrpcClient>
  )
}

function Boards({ url, start, children }: LiveProviderProps) {
  const client = useTRPCClient()
  const [live] = useState((): Live => {
    const { scrapeIntervalMs } = start.status
    const { question, moments = [] } = start.live?.initial ?? {}
    const messages = moments.map(({ id, json }) => ({ id, event: readEvent(json) }))
    const stores = createLiveStores({
      open: shareStream({
        open: openTrpcStream(client),
        openChannel: openTabChannel,
        place: url,
        pollMs: Math.max(POLL_AT_MOST_EVERY_MS, scrapeIntervalMs),
      }),
      ask: askTrpc(client),
      staleAfterMs: Math.max(STALE_AFTER_AT_LEAST_MS, STALE_AFTER_SCRAPES * scrapeIntervalMs),
      first: question && { question, messages },
    })
    return { start, scrapeIntervalMs, stores }
  })
  useEffect(() => whileHidden(live.stores.setHidden), [live])
  return <LiveContext value={live}>{children}</LiveContext>
}

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('Expected a LiveProvider above: each shell of the dashboard has one')
  return live
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
