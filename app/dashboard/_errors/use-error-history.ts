'use client'
// What is remembered of the exceptions, and the last start or build: asked now and then, and when a group is new.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { annotationExprs } from '../_boards/board-exprs'
import { HISTORY } from '../_boards/errors'
import { overview } from '../_boards/overview'
import type { Variables } from '../_boards/substitute'
import { substitute } from '../_boards/substitute'
import { toAnnotations } from '../_charts/annotations'
import { toTimeFrame } from '../_charts/time-frame'
import type { LiveSeries } from '../_live/live-board'
import { useTRPCClient } from '../_live/trpc-client'
import { fromWire } from '../_live/wire-value'
import { useServerClock } from '../_panels/use-server-clock'
import type { Status } from '../_panels/use-status'
import type { ErrorHistory } from './error-rows'

/** Of the time that is remembered; of a Prometheus no more than a day is looked at. */
const POINTS = 240
const LONGEST_MS = 86_400_000
const EVERY_MS = 60_000

/** Undefined before the first answer. `groupCount` is how many there are: with one more it is asked again. */
export function useErrorHistory(variables: Variables, status: Status, groupCount: number): ErrorHistory | undefined {
  const client = useTRPCClient()
  const nowMs = useServerClock(status)
  const { retentionMs, scrapeIntervalMs, source } = status
  const rangeMs = source.kind === 'embedded' ? Math.min(LONGEST_MS, retentionMs) : LONGEST_MS
  const stepMs = Math.max(scrapeIntervalMs, Math.ceil(rangeMs / POINTS / 1000) * 1000)

  async function tell(signal: AbortSignal): Promise<ErrorHistory> {
    const endMs = Math.floor(nowMs())
    const count = Math.floor(rangeMs / stepMs)
    const startMs = endMs - count * stepMs
    const timesMs = Array.from({ length: count + 1 }, (_, i) => startMs + i * stepMs)
    const filled = { ...variables, stepMs }
    const exprs = annotationExprs(overview, filled)
    async function ask(expr: string): Promise<LiveSeries[]> {
      const { series } = await client.metrics.range.query({ expr, startMs, endMs, stepMs }, { signal })
      return series.map(({ labels, points }) => {
        const values = new Array<number | null>(timesMs.length).fill(null)
        for (const [tMs, value] of points) values[Math.round((tMs - startMs) / stepMs)] = fromWire(value)
        return { key: JSON.stringify(labels), labels, values }
      })
    }
    const asked = [substitute(HISTORY, filled), exprs.starts, exprs.builds]
    const [series = [], starts = [], builds = []] = await Promise.all(asked.map(ask))
    const told = new Map([
      [exprs.starts, starts],
      [exprs.builds, builds],
    ])
    const board = { timesMs, series: (expr: string) => told.get(expr) ?? [] }
    const marks = toAnnotations(board, exprs, toTimeFrame(endMs, endMs - startMs))
    const sinceMs = marks.findLast(({ kind }) => kind !== 'note')?.timeMs
    const oldestMs = timesMs[timesMs.findIndex((_, i) => starts.some(({ values }) => values[i] !== null))]
    const isKnown = sinceMs !== undefined && oldestMs !== undefined && oldestMs < sinceMs
    return { timesMs, series, sinceMs: isKnown ? sinceMs : undefined }
  }

  const { data } = useQuery({
    queryKey: ['errors.history', variables.target, rangeMs, stepMs, groupCount],
    queryFn: ({ signal }) => tell(signal),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
    staleTime: EVERY_MS,
    gcTime: 10_000,
    retry: false,
    structuralSharing: false,
  })
  return data
}
