'use client'
// What is known of the exceptions beyond their counts. It is asked for again when a count has changed, which the live
// stream tells.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ExceptionExample, ExceptionGroup, RecentException } from '@/server/instrument/exception-log'
import { useTRPCClient } from '../_live/trpc-client'

/** The key of the groups; those that come with a page are put there. */
export const EXCEPTIONS = ['errors.groups'] as const

const NONE: readonly ExceptionGroup[] = []

/** `total` is the count as the stream tells it, undefined before the first exception. */
export function useExceptionGroups(total: number | undefined): readonly ExceptionGroup[] {
  const client = useTRPCClient()
  const queries = useQueryClient()
  const seen = useRef(total)
  const { data = NONE } = useQuery<readonly ExceptionGroup[]>({
    queryKey: EXCEPTIONS,
    queryFn: ({ signal }) => client.errors.groups.query(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

  useEffect(() => {
    if (seen.current === total) return
    seen.current = total
    void queries.invalidateQueries({ queryKey: EXCEPTIONS })
  }, [total, queries])
  // While nobody looks, nobody hears of a new one.
  useEffect(() => () => void queries.invalidateQueries({ queryKey: EXCEPTIONS, refetchType: 'none' }), [queries])

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
