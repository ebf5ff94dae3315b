'use client'
// What the server says about itself, asked now and then: less often than the numbers come, because it changes slowly.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useEffect } from 'react'
import type { AppRouter } from '@/server/trpc/app-router'
import { useLive } from '../_live/live-provider'
import { useTRPCClient } from '../_live/trpc-client'

/** As JSON carries it: what is undefined on the server is absent here. */
export type Status = inferRouterOutputs<AppRouter>['metrics']['status']

const KEY = ['metrics.status']
const EVERY_MS = 5000

/** What came with the document, and then what is told. While the server is away the last answer stays. */
export function useStatus(): Status {
  const client = useTRPCClient()
  const { start } = useLive()
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }): Promise<Status> => client.metrics.status.query(undefined, { signal }),
    initialData: start.status,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    retry: false,
  }).data
}

/** Nothing is asked by the clock while the page is hidden: then the status comes with each new point, which is seldom. */
export function useStatusWhileHidden(newestMs: number | null): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (newestMs !== null && document.visibilityState === 'hidden') void queries.refetchQueries({ queryKey: KEY })
  }, [queries, newestMs])
}
