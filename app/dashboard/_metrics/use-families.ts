'use client'
// What a target exposes, asked for at once and now and then after that: a program may add metrics.
import { useQuery } from '@tanstack/react-query'
import type { FamilySummary } from '@/server/trpc/families'
import { useTRPCClient } from '../_live/trpc-client'
import type { Target } from '../_state/chosen-target'

const EVERY_MS = 60_000

export type Families = {
  /** The same array for the same answer. */
  families: readonly FamilySummary[]
  state: 'asking' | 'answered' | 'refused'
}

/** Of this target; of all that the server knows where none is named. */
export function useFamilies(target: Pick<Target, 'job' | 'instance'> | undefined): Families {
  const client = useTRPCClient()
  const { job, instance } = target ?? {}
  const { data, isError } = useQuery({
    queryKey: ['metrics.list', job, instance],
    queryFn: ({ signal }): Promise<FamilySummary[]> => client.metrics.families.query({ job, instance }, { signal }),
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    retry: 2,
  })
  const state = data !== undefined ? 'answered' : isError ? 'refused' : 'asking'
  return { families: data ?? NONE, state }
}

const NONE: readonly FamilySummary[] = []
