'use client'
// Asks what the parts of an expression come to: over the time that is shown, and while it goes on also at every tick.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { WireExplained } from '@/server/trpc/wire-explained'
import { useTRPCClient } from '../_live/trpc-client'
import type { Steps } from './promql-api'

/** As the server takes at most. */
const MOST_STEPS = 1_000
/** While the time goes on, the whole is asked again so often; its newest values come with each tick. */
const WHOLE_EVERY_MS = 10_000
const AT_LEAST_EVERY_MS = 1_000
/** A question is asked again no sooner than after so many times what it took. */
const REST = 4
const KEPT_MS = 10_000

/** `now` is undefined where the time stands still. */
export type Explanation = { whole: WireExplained | undefined; now: WireExplained | undefined; error: Error | undefined }

type Timed = { explained: WireExplained; tookMs: number }

/** Undefined before the first answer. An error is that of the newest answer. */
export function useExplained(expr: string, steps: Steps, isLive: boolean, scrapeIntervalMs: number): Explanation {
  const client = useTRPCClient()
  const coarse = toCoarse(steps)
  const { stepMs } = coarse
  const rangeMs = coarse.endMs - coarse.startMs
  const newest = useRef(coarse)
  useEffect(() => {
    newest.current = coarse
  })
  const timed = async (ask: Promise<WireExplained>): Promise<Timed> => {
    const begunMs = performance.now()
    const explained = await ask
    return { explained, tookMs: performance.now() - begunMs }
  }
  const waitMs = (paceMs: number, last: Timed | undefined) => Math.max(paceMs, REST * (last?.tookMs ?? 0))
  const common = { retry: false, gcTime: KEPT_MS, structuralSharing: false, placeholderData: keepPreviousData } as const

  const whole = useQuery({
    queryKey: ['explain', expr, rangeMs, stepMs, isLive ? undefined : coarse.endMs],
    queryFn: ({ signal }) => timed(client.metrics.explain.query({ expr, ...newest.current }, { signal })),
    refetchInterval: ({ state }) => isLive && state.error === null && waitMs(WHOLE_EVERY_MS, state.data),
    staleTime: isLive ? WHOLE_EVERY_MS : Number.POSITIVE_INFINITY,
    ...common,
  })
  const now = useQuery({
    queryKey: ['explain now', expr],
    queryFn: ({ signal }) => timed(client.metrics.explain.query({ expr }, { signal })),
    enabled: isLive && whole.isSuccess,
    refetchInterval: ({ state }) =>
      state.error === null && waitMs(Math.max(AT_LEAST_EVERY_MS, scrapeIntervalMs), state.data),
    staleTime: 0,
    ...common,
  })
  return {
    whole: whole.data?.explained,
    now: isLive && !now.isPlaceholderData ? now.data?.explained : undefined,
    error: whole.error ?? undefined,
  }
}

/** The same time in no more steps than the server takes. */
function toCoarse({ endMs, startMs, stepMs }: Steps): Steps {
  const times = Math.ceil((endMs - startMs) / stepMs / MOST_STEPS)
  return { startMs, endMs, stepMs: stepMs * Math.max(1, times) }
}
