'use client'
// What targets expose, asked for at once and now and then after that: a program may add metrics.
import { useQuery } from '@tanstack/react-query'
import type { FamilySummary } from '@/server/trpc/families'
import type { FamiliesInput } from '@/server/trpc/inputs'
import { useTRPCClient } from '../_live/trpc-client'

const EVERY_MS = 60_000
/** Before the first scrape there is nothing yet. */
const EMPTY_EVERY_MS = 2_000

export type Families = {
  /** The same array for the same answer. */
  families: readonly FamilySummary[]
  state: 'asking' | 'answered' | 'refused'
}

/** Of this app where nobody is named. */
export function useFamilies({ job, instance, every, label }: FamiliesInput): Families {
  const client = useTRPCClient()
  const { data, isError } = useQuery({
    queryKey: ['metrics.list', job, instance, every, label],
    queryFn: ({ signal }): Promise<FamilySummary[]> =>
      client.metrics.families.query({ job, instance, every, label }, { signal }),
    staleTime: EVERY_MS,
    refetchInterval: ({ state }) => (state.data?.length === 0 ? EMPTY_EVERY_MS : EVERY_MS),
    retry: 2,
  })
  const state = data !== undefined ? 'answered' : isError ? 'refused' : 'asking'
  return { families: data ?? NONE, state }
}

const NONE: readonly FamilySummary[] = []

/** The jobs and labels of an engine (PROMETHEUS_URL), by which it can be asked; none until it has answered. */
export function useEngineChoices(isEngine: boolean): { jobs: readonly string[]; labels: readonly string[] } {
  const client = useTRPCClient()
  const { data } = useQuery({
    queryKey: ['metrics.choices'],
    queryFn: ({ signal }) => client.metrics.familyChoices.query(undefined, { signal }),
    enabled: isEngine,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    retry: 2,
  })
  return data ?? NO_CHOICES
}

const NO_CHOICES = { jobs: [], labels: [] }
