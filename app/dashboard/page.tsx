// The overview: reads the view from the URL, asks for its history, and leaves the rest to the browser.
import type { Metadata } from 'next'
import { env } from '@/server/env'
import { recentExceptions } from '@/server/instrument/exceptions'
import { processContext } from '@/server/trpc/context'
import { statusOf } from '@/server/trpc/status'
import { boardExprs } from './_boards/board-exprs'
import { overview } from './_boards/overview'
import { toTargetMatchers } from './_boards/target-matchers'
import { chosenTarget } from './_state/chosen-target'
import { toVariables } from './_state/to-variables'
import { parseView } from './_state/view'
import { LiveHydration } from './live-hydration'
import { Overview } from './overview'

export const metadata: Metadata = { title: overview.title }

export default async function OverviewPage({ searchParams }: PageProps<'/dashboard'>) {
  const view = parseView(await searchParams)
  const status = statusOf(processContext())
  const matchers = toTargetMatchers(chosenTarget(status, view.target))
  const variables = toVariables(view, env().scrapeIntervalMs, matchers)
  const { rangeMs, stepMs } = variables
  return (
    <LiveHydration question={{ ...boardExprs(overview, variables), rangeMs, stepMs }}>
      <Overview status={status} exceptions={recentExceptions()} />
    </LiveHydration>
  )
}
