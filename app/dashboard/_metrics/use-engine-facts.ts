'use client'
// What an engine (PROMETHEUS_URL) does not tell with its metadata, asked for the metrics on the screen alone: how many series
// one has, since when the programs run that expose it, and of the metric whose page is open its labels.
import { useQueries, useQuery } from '@tanstack/react-query'
import type { TRPCClient } from '@trpc/client'
import { useMemo } from 'react'
import type { AppRouter } from '@/server/trpc/app-router'
import type { FamilySummary } from '@/server/trpc/families'
import type { LiveEvent } from '@/server/trpc/live-event'
import { oneOfEach } from '../_boards/family-board'
import type { Variables } from '../_boards/substitute'
import { substitute } from '../_boards/substitute'
import { deflated } from '../_live/deflated'
import { applyEvent, NO_POINTS } from '../_live/live-points'
import { useTRPCClient } from '../_live/trpc-client'

export type Facts = Pick<FamilySummary, 'seriesCount' | 'sinceMs'>

/** Series come and go slowly. */
const EVERY_MS = 60_000
/** Both facts are of one instant. */
const INSTANT_MS = 1_000

type Asked = { variables: Variables; isEngine: boolean; nowMs: () => number }

/** By the name of the metric; without those that have no answer yet. A block has at most BLOCK metrics. */
export function useEngineFacts(
  blocks: readonly (readonly FamilySummary[])[],
  { variables, isEngine, nowMs }: Asked,
): ReadonlyMap<string, Facts> {
  const client = useTRPCClient()
  const { target } = variables
  return useQueries({
    queries: (isEngine ? blocks : []).map((families) => ({
      queryKey: ['metrics.facts', families.map(({ name }) => name), target],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(client, families, variables, nowMs(), signal),
      staleTime: EVERY_MS,
      refetchInterval: EVERY_MS,
      retry: false,
    })),
    combine: byName,
  })
}

/** The metric with all that is known of it: the same one while nothing changes. */
export function useDescribed(family: FamilySummary | undefined, asked: Asked): FamilySummary | undefined {
  const { variables, isEngine } = asked
  const client = useTRPCClient()
  const facts = useEngineFacts(family === undefined ? [] : [[family]], asked).get(family?.name ?? '')
  const selector = family === undefined ? '' : substitute(oneOfEach(family), variables)
  const { data: labels } = useQuery({
    queryKey: ['metrics.labels', selector],
    queryFn: ({ signal }) => client.metrics.familyLabels.query({ selector }, { signal }),
    enabled: isEngine && family !== undefined,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    retry: false,
  })
  const { seriesCount, sinceMs } = facts ?? {}
  return useMemo(() => {
    if (family === undefined || !isEngine) return family
    return { ...family, labels: labels ?? family.labels, seriesCount, sinceMs }
  }, [family, isEngine, labels, seriesCount, sinceMs])
}

const byName = (results: readonly { data: [string, Facts][] | undefined }[]): ReadonlyMap<string, Facts> =>
  new Map(results.flatMap(({ data }) => data ?? []))

async function ask(
  client: TRPCClient<AppRouter>,
  families: readonly FamilySummary[],
  variables: Variables,
  atMs: number,
  signal: AbortSignal,
): Promise<[string, Facts][]> {
  const asked = families.flatMap((family) => {
    const one = oneOfEach(family)
    return [
      `count(${one})`,
      `min(process_start_time_seconds{$target} and on (job, instance) group by (job, instance) (${one}))`,
    ]
  })
  const instantExprs = asked.map((expr) => substitute(expr, variables))
  const question = await deflated({ exprs: [], instantExprs, rangeMs: INSTANT_MS, stepMs: INSTANT_MS })
  const { json } = await client.metrics.window.query({ ...question, endMs: Math.floor(atMs) }, { signal })
  const { queries } = applyEvent(NO_POINTS, JSON.parse(json) as LiveEvent, INSTANT_MS, INSTANT_MS)
  const newest = (number: number) => {
    const [series] = queries.get(number)?.values() ?? []
    return series?.values.findLast((value) => value !== null) ?? undefined
  }
  return families.map(({ name }, i) => {
    const startedAtSeconds = newest(2 * i + 1)
    const sinceMs = startedAtSeconds === undefined ? undefined : startedAtSeconds * 1000
    return [name, { seriesCount: newest(2 * i), sinceMs }]
  })
}
