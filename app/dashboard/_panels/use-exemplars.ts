'use client'
// The exemplars of a panel: single requests, the slowest of its time, with what leads to their traces.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/trpc/app-router'
import type { TimeFrame } from '../_charts/time-frame'
import type { LiveState } from '../_live/live-board'
import { useTRPCClient } from '../_live/trpc-client'

/** The largest, in that order; `total` says how many there were. */
export type Exemplars = inferRouterOutputs<AppRouter>['metrics']['exemplars']
export type Exemplar = Exemplars['exemplars'][number]

/** Less often than the numbers come: each answer has all of them. */
const EVERY_MS = 5_000

/** `expr` is PromQL whose series have them; undefined where nothing is asked. Undefined before the first answer. */
export function useExemplars(
  expr: string | undefined,
  { startMs, endMs }: TimeFrame,
  state: LiveState,
): Exemplars | undefined {
  const client = useTRPCClient()
  const isFixed = state === 'paused'
  const question = {
    expr: expr ?? '',
    rangeMs: Math.round(endMs - startMs),
    ...(isFixed && { endMs: Math.floor(endMs) }),
  }
  return useQuery({
    queryKey: ['metrics.exemplars', question],
    queryFn: ({ signal }): Promise<Exemplars> => client.metrics.exemplars.query(question, { signal }),
    enabled: expr !== undefined,
    placeholderData: keepPreviousData,
    staleTime: isFixed ? Number.POSITIVE_INFINITY : EVERY_MS,
    refetchInterval: !isFixed && EVERY_MS,
    retry: false,
  }).data
}
