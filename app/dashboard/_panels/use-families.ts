'use client'
// What a target exposes, asked for when it is chosen and now and then after that: a program may add metrics.
import { useQuery } from '@tanstack/react-query'
import type { FamilySummary } from '@/server/trpc/families'
import { useTRPCClient } from '../_live/trpc-client'
import type { Target } from '../_state/chosen-target'

const EVERY_MS = 60_000

/** Empty until they are there, and where there is no `target`. The same array for the same answer. */
export function useFamilies(target: Pick<Target, 'job' | 'instance'> | undefined): readonly FamilySummary[] {
  const client = useTRPCClient()
  const { job, instance } = target ?? {}
  return (
    useQuery({
      queryKey: ['metrics.families', job, instance],
      queryFn: ({ signal }): Promise<FamilySummary[]> => client.metrics.families.query({ job, instance }, { signal }),
      enabled: target !== undefined,
      staleTime: EVERY_MS,
      refetchInterval: EVERY_MS,
      retry: false,
    }).data ?? NONE
  )
}

const NONE: readonly FamilySummary[] = []
