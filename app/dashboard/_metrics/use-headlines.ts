'use client'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
// One number with its recent past for each metric that is on the screen, asked a block of them at a time, again and again
// while the time goes on.
import type { TRPCClient } from '@trpc/client'
import type { AppRouter } from '@/server/trpc/app-router'
import type { FamilySummary } from '@/server/trpc/families'
import type { LiveEvent } from '@/server/trpc/live-event'
import { toHeadline } from '../_boards/family-board'
import type { Panel } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import { substitute } from '../_boards/substitute'
import type { TimeFrame } from '../_charts/time-frame'
import { toTimeFrame } from '../_charts/time-frame'
import { deflated } from '../_live/deflated'
import { applyEvent, NO_POINTS } from '../_live/live-points'
import { useTRPCClient } from '../_live/trpc-client'

/** `values` are aligned with `timesMs`. `error` is why there are none. */
export type Headline = {
  panel: Panel
  frame: TimeFrame
  timesMs: readonly number[]
  values: readonly (number | null)[]
  error: string | undefined
}

/** Of metrics that are asked together: the server takes 48 expressions. */
export const BLOCK = 24
/** Each block costs as many questions. */
const AT_LEAST_EVERY_MS = 5_000
/** Scrolling back and forth asks nothing twice. */
const KEPT_MS = 30_000

type UseHeadlinesInput = {
  blocks: readonly (readonly FamilySummary[])[]
  variables: Variables
  fixedMs: number | undefined
  /** The server's clock. */
  nowMs: () => number
}

/** By the name of the metric; without those that have no answer yet. */
export function useHeadlines(input: UseHeadlinesInput): ReadonlyMap<string, Headline> {
  const { blocks, variables, fixedMs, nowMs } = input
  const client = useTRPCClient()
  return useQueries({
    queries: blocks.map((families) => ({
      queryKey: ['metrics.headlines', families.map(({ name }) => name), variables, fixedMs],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(client, families, variables, fixedMs ?? nowMs(), signal),
      placeholderData: keepPreviousData,
      staleTime: fixedMs === undefined ? AT_LEAST_EVERY_MS : Number.POSITIVE_INFINITY,
      refetchInterval: fixedMs === undefined && Math.max(AT_LEAST_EVERY_MS, variables.scrapeIntervalMs),
      gcTime: KEPT_MS,
      retry: false,
    })),
    combine: byName,
  })
}

const byName = (results: readonly { data: [string, Headline][] | undefined }[]): ReadonlyMap<string, Headline> =>
  new Map(results.flatMap(({ data }) => data ?? []))

async function ask(
  client: TRPCClient<AppRouter>,
  families: readonly FamilySummary[],
  variables: Variables,
  endMs: number,
  signal: AbortSignal,
): Promise<[string, Headline][]> {
  const { rangeMs, stepMs } = variables
  const asked = families.map((family) => {
    const panel = toHeadline(family)
    return { name: family.name, panel, expr: substitute(panel.queries[0]?.expr ?? '', variables) }
  })
  const exprs = [...new Set(asked.map(({ expr }) => expr))]
  const end = Math.floor(endMs)
  const question = { ...(await deflated({ exprs, instantExprs: [], rangeMs, stepMs })), endMs: end }
  const { json } = await client.metrics.window.query(question, { signal })
  const points = applyEvent(NO_POINTS, JSON.parse(json) as LiveEvent, rangeMs, stepMs)
  const frame = toTimeFrame(end, rangeMs)
  return asked.map(({ name, panel, expr }) => {
    const number = exprs.indexOf(expr)
    const [series] = points.queries.get(number)?.values() ?? []
    const error = points.errors.get(number)?.message
    return [name, { panel, frame, timesMs: points.timesMs, values: series?.values ?? [], error }]
  })
}
