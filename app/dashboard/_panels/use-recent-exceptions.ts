'use client'
// The newest exceptions. They are asked for again when their count has changed, which the live stream tells.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { RecentException } from '@/server/instrument/exception-log'
import { useTRPC } from '../_live/trpc-client'

/** `total` is the count as the stream tells it, undefined before the first exception; `initial` came with the page. */
export function useRecentExceptions(
  total: number | undefined,
  initial: readonly RecentException[],
): readonly RecentException[] {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const seen = useRef(total)
  const options = trpc.errors.recent.queryOptions(undefined, {
    initialData: [...initial],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

  useEffect(() => {
    if (seen.current === total) return
    seen.current = total
    void queries.invalidateQueries(trpc.errors.recent.queryFilter())
  }, [total, queries, trpc])

  return useQuery(options).data
}
