'use client'
// Hands the history that came with the page, and the scrape interval, to the hooks below it.
import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import type { PageStart } from '@/server/web/page-start'
import { useShell } from '../_state/shell'
import { TrpcClient } from './trpc-client'

type LiveStart = PageStart['live']

const LiveContext = createContext<LiveStart | null>(null)

export function LiveProvider({ start, children }: { start: LiveStart; children: ReactNode }) {
  const { doors } = useShell()
  return (
    <TrpcClient url={doors.trpc}>
      <LiveContext value={start}>{children}</LiveContext>
    </TrpcClient>
  )
}

export function useLiveStart(): LiveStart {
  const start = useContext(LiveContext)
  if (!start) throw new Error('Expected a LiveProvider above: each shell of the dashboard has one')
  return start
}
