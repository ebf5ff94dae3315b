// Asks for the range's history while the page is rendered, so that the first paint already has it.
import type { ReactNode } from 'react'
import { env } from '@/server/env'
import { processContext } from '@/server/trpc/context'
import { LiveProvider } from './_live/live-provider'
import type { LiveQuestion } from './_live/live-store'

export async function LiveHydration({ question, children }: { question: LiveQuestion; children: ReactNode }) {
  const initial = { question, moments: await processContext().live.history(question) }
  return <LiveProvider start={{ scrapeIntervalMs: env().scrapeIntervalMs, initial }}>{children}</LiveProvider>
}
