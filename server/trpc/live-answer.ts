// Asks every query of a live stream for the instants that its viewer has not seen.
import { PromqlError } from '../promql/promql-error'
import { SharedWork } from '../promql/shared-work'
import type { Value } from '../promql/value'
import type { Querier } from '../query/querier'
import { QuerierError } from '../query/querier-error'
import type { LiveColumn } from './live-columns'
import { createColumns } from './live-columns'

export type LiveQuestion = {
  /** Answered over the whole range. */
  exprs: string[]
  /** Answered at the newest instant only. */
  instantExprs: string[]
  rangeMs: number
  stepMs: number
}

export type LiveResult = { series: LiveColumn[] } | { error: string }

/** `results` follow `exprs`, then `instantExprs`; their values are aligned with `timesMs`. */
export type LiveAnswer = { timesMs: number[]; results: LiveResult[] }

/** Asks at one instant; viewers of the same instant may share the answer. */
export type AskInstant = (expr: string, atMs: number) => Promise<Value>

/**
 * The answers for the steps (multiples of stepMs) in (sentMs, atMs], and for atMs itself. `sentMs` null means the whole
 * range. A query that fails has an `error`; what isn't the fault of the query or of its source is thrown. `signal` abandons
 * what no other viewer waits for.
 */
export async function answerLive(
  question: LiveQuestion,
  sentMs: number | null,
  atMs: number,
  querier: Pick<Querier, 'range'>,
  askInstant: AskInstant,
  signal?: AbortSignal,
): Promise<LiveAnswer> {
  const { exprs, instantExprs, rangeMs, stepMs } = question
  const steps = stepsBetween(sentMs ?? atMs - rangeMs, atMs, stepMs)
  const isOnGrid = steps.at(-1) === atMs
  const timesMs = isOnGrid ? steps : [...steps, atMs]

  const shared = new SharedWork()
  const ask = async (expr: string, isWholeRange: boolean): Promise<LiveResult> => {
    const columns = createColumns(timesMs)
    const [startMs] = steps
    const isRange = isWholeRange && startMs !== undefined && timesMs.length > 1
    try {
      if (isRange) {
        const range = { startMs, endMs: steps.at(-1) ?? startMs, stepMs }
        columns.addMatrix(await querier.range(expr, range, { signal, shared }))
      }
      if (!isRange || !isOnGrid) columns.addInstant(await askInstant(expr, atMs), atMs)
    } catch (error) {
      if (error instanceof PromqlError || error instanceof QuerierError) return { error: error.message }
      throw error
    }
    return { series: columns.series() }
  }
  const results = await Promise.all([
    ...exprs.map((expr) => ask(expr, true)),
    ...instantExprs.map((expr) => ask(expr, false)),
  ])
  return { timesMs, results }
}

/** The multiples of stepMs in (afterMs, untilMs]. */
function stepsBetween(afterMs: number, untilMs: number, stepMs: number): number[] {
  const steps: number[] = []
  for (let tMs = (Math.floor(afterMs / stepMs) + 1) * stepMs; tMs <= untilMs; tMs += stepMs) steps.push(tMs)
  return steps
}
