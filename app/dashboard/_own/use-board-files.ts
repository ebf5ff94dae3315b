'use client'
// The boards of the server's folder, looked at again and again: somebody may write one.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/trpc/app-router'
import { useTRPCClient } from '../_live/trpc-client'

const EVERY_MS = 3_000

export type BoardFolder = inferRouterOutputs<AppRouter>['boards']['list']

/** Undefined until the server has answered. */
export function useBoardFolder(): BoardFolder | undefined {
  const client = useTRPCClient()
  return useQuery({
    queryKey: ['boards.list'],
    queryFn: ({ signal }) => client.boards.list.query(undefined, { signal }),
    refetchInterval: EVERY_MS,
    retry: 2,
  }).data
}

/** The model of a file as it is since `changedMs`; the last one stays until the next one is there. */
export function useBoardModel(name: string, changedMs: number | undefined) {
  const client = useTRPCClient()
  return useQuery({
    queryKey: ['boards.file', name, changedMs],
    async queryFn({ signal }): Promise<{ model: unknown }> {
      const { json } = await client.boards.file.query({ name }, { signal })
      return { model: JSON.parse(json) }
    },
    enabled: changedMs !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 2,
  })
}
