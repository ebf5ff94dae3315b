'use client'
// Asks all queries of the page together, so that they have one time axis; again at the scrape's pace while the time goes on
// and the page is seen. What was told last stays until there is an answer to another question.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FilledQuery } from './fill-query'
import type { InstantAnswer, RangeAnswer, Steps } from './promql-api'
import { AskError, askInstant, askRange } from './promql-api'

/** `place` is that of the query on the page, from 0 on. */
export type AskedQuery = FilledQuery & { place: number; typed: string; legend: string }

export type Question = {
  queries: readonly AskedQuery[]
  /** Only at the end of the time. */
  isInstant: boolean
  rangeMs: number
  stepMs: number
  /** Where the time ends that stands still; undefined while it goes on. */
  endMs: number | undefined
}

type Result<Answer> = { query: AskedQuery; answer: Answer } | { query: AskedQuery; error: AskError }

export type RangeTold = { kind: 'range'; steps: Steps; results: readonly Result<RangeAnswer>[]; tookMs: number }
export type InstantTold = { kind: 'instant'; endMs: number; results: readonly Result<InstantAnswer>[]; tookMs: number }
export type Told = RangeTold | InstantTold

/** A live question is asked again no sooner than after so many times what it took, so that the server does other things too. */
const REST = 4
const AT_LEAST_EVERY_MS = 1_000
/** Where the server was too busy, or was not there. */
const RETRY_MS = 5_000
/** An answer that nobody sees any more is forgotten. */
const KEPT_MS = 10_000

type UseToldInput = {
  question: Question
  /** The path of the Prometheus API. */
  api: string
  scrapeIntervalMs: number
  /** The server's clock. */
  nowMs: () => number
}

/** Undefined before the first answer. `isAsking` is about another question than what is shown. */
export function useTold({ question, api, scrapeIntervalMs, nowMs }: UseToldInput): {
  told: Told | undefined
  isAsking: boolean
} {
  const paceMs = Math.max(AT_LEAST_EVERY_MS, scrapeIntervalMs, question.isInstant ? 0 : question.stepMs)
  const { data, isPlaceholderData, isPending } = useQuery({
    queryKey: ['explore', api, question],
    queryFn: ({ client, queryKey, signal }) =>
      tell(question, { api, nowMs: nowMs(), before: client.getQueryData(queryKey), signal }),
    enabled: question.queries.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => toWaitMs(state.data, question.endMs === undefined ? paceMs : undefined),
    staleTime: question.endMs === undefined ? 0 : Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
    structuralSharing: false,
  })
  const hasQuestion = question.queries.length > 0
  return { told: hasQuestion ? data : undefined, isAsking: hasQuestion && (isPending || isPlaceholderData) }
}

type Asking = { api: string; nowMs: number; before: Told | undefined; signal: AbortSignal }

async function tell(question: Question, { api, nowMs, before, signal }: Asking): Promise<Told> {
  const { queries, isInstant, rangeMs, stepMs, endMs: fixedMs } = question
  const beganMs = performance.now()
  const askAll = async <Answer>(ask: (expr: string) => Promise<Answer>) => {
    const results = await Promise.all(
      queries.map((query, i): Promise<Result<Answer>> | Result<Answer> => {
        const last = before?.results[i]
        return last !== undefined && 'error' in last && isFinal(last.error) ? last : settle(query, ask)
      }),
    )
    signal.throwIfAborted()
    return { results, tookMs: performance.now() - beganMs }
  }
  if (isInstant) {
    const endMs = fixedMs ?? nowMs
    return { kind: 'instant', endMs, ...(await askAll((expr) => askInstant(api, expr, fixedMs, signal))) }
  }
  // While the time goes on, its points stay where they are.
  const endMs = fixedMs ?? Math.floor(nowMs / stepMs) * stepMs
  const steps = { startMs: endMs - Math.floor(rangeMs / stepMs) * stepMs, endMs, stepMs }
  return { kind: 'range', steps, ...(await askAll((expr) => askRange(api, expr, steps, signal))) }
}

async function settle<Answer>(query: AskedQuery, ask: (expr: string) => Promise<Answer>): Promise<Result<Answer>> {
  try {
    return { query, answer: await ask(query.expr) }
  } catch (error) {
    if (error instanceof AskError) return { query, error }
    throw error
  }
}

/** Limits that others have a part in, and a server that is away. */
const TRANSIENT: ReadonlySet<number> = new Set([0, 408, 422, 429])

const isFinal = ({ status }: AskError) => status < 500 && !TRANSIENT.has(status)

/** A question that can't be answered isn't asked again by itself; nor is one of a time that stands still, which has no pace. */
function toWaitMs(told: Told | undefined, paceMs: number | undefined): number | false {
  if (told === undefined) return false
  const errors = told.results.flatMap((result) => ('error' in result ? [result.error] : []))
  if (errors.some((error) => !isFinal(error))) return RETRY_MS
  if (paceMs === undefined || errors.length === told.results.length) return false
  return Math.max(paceMs, REST * told.tookMs)
}
