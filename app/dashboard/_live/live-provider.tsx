'use client'
// Hands the history that came with the page, and the scrape interval, to the hooks below it.
import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import type { LiveMoment } from '@/server/trpc/live-boards'
import type { LiveQuestion } from './live-store'
import { TrpcClient } from './trpc-client'

/** `moments` are events as JSON: text costs a page less than what it stands for. */
export type LiveStart = { scrapeIntervalMs: number; initial: { question: LiveQuestion; moments: LiveMoment[] } }

const LiveContext = createContext<LiveStart | null>(null)

export function LiveProvider({ start, children }: { start: LiveStart; children: ReactNode }) {
  return (
    <TrpcClient>
      <LiveContext value={start}>{children}</LiveContext>
    </TrpcClient>
  )
}

export function useLiveStart(): LiveStart {
  const start = useContext(LiveContext)
  if (!start) throw new Error('Expected a LiveProvider above: the dashboard page wraps its board in LiveHydration')
  return start
}
