'use client'
// The board of a target that is no Hearth: what it exposes is asked for when it is chosen, and now and then after that,
// because a program may add metrics.
import { useQuery } from '@tanstack/react-query'
import type { TargetBoard } from '../_boards/scrape-board'
import { scrapeBoard } from '../_boards/scrape-board'
import { useTRPCClient } from '../_live/trpc-client'
import type { Target } from '../_state/chosen-target'

const EVERY_MS = 60_000

/** That of its scrape alone until its metrics are there, and where there is no `target`. The same board for the same answer. */
export function useTargetBoard(target: Pick<Target, 'job' | 'instance'> | undefined): TargetBoard {
  const client = useTRPCClient()
  const { job, instance } = target ?? {}
  return (
    useQuery({
      queryKey: ['metrics.families', job, instance],
      async queryFn({ signal }): Promise<TargetBoard> {
        const asked = client.metrics.families.query({ job, instance }, { signal })
        const [families, { toTargetBoard }] = await Promise.all([asked, import('../_boards/target-board')])
        return toTargetBoard(families)
      },
      enabled: target !== undefined,
      staleTime: EVERY_MS,
      refetchInterval: EVERY_MS,
      retry: false,
    }).data ?? scrapeBoard
  )
}
