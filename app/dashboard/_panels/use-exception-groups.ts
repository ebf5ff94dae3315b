'use client'
// What is known of the exceptions beyond their counts. It is asked for again when a count has changed, which the live
// stream tells.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ExceptionExample, ExceptionGroup, RecentException } from '@/server/instrument/exception-log'
import { useTRPCClient } from '../_live/trpc-client'

const KEY = ['errors.groups']

/** `total` is the count as the stream tells it, undefined before the first exception; `initial` came with the page. */
export function useExceptionGroups(
  total: number | undefined,
  initial: readonly ExceptionGroup[],
): readonly ExceptionGroup[] {
  const client = useTRPCClient()
  const queries = useQueryClient()
  const seen = useRef(total)
  const { data } = useQuery<readonly ExceptionGroup[]>({
    queryKey: KEY,
    queryFn: ({ signal }) => client.errors.groups.query(undefined, { signal }),
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

  useEffect(() => {
    if (seen.current === total) return
    seen.current = total
    void queries.invalidateQueries({ queryKey: KEY })
  }, [total, queries])

  return data
}

/** The newest of a group that have different messages. They are asked for anew when the newest has changed. */
export function useExceptionExamples({
  error,
  kind,
  newest,
  route,
}: ExceptionGroup): readonly (RecentException & Partial<Pick<ExceptionExample, 'stack'>>)[] {
  const client = useTRPCClient()
  const question = { error, kind, route, newest: newest.id }
  const { data = [newest] } = useQuery<readonly (RecentException & Partial<Pick<ExceptionExample, 'stack'>>)[]>({
    queryKey: ['errors.examples', question],
    queryFn: ({ signal }) => client.errors.examples.query(question, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    retry: false,
  })
  return data
}
