// Asks every query of a live question for the instants that its viewers have not seen.
import type { MemoryPool } from '../memory-pool'
import { abandoned } from '../promql/budget'
import { PromqlError } from '../promql/promql-error'
import { SharedWork } from '../promql/shared-work'
import type { Matrix, Value } from '../promql/value'
import type { Querier } from '../query/querier'
import { QuerierError } from '../query/querier-error'

/** Queries of one question that are evaluated at a time: what each of them holds counts until it was used. */
const QUERIES_AT_ONCE = 4

export type LiveQuestion = {
  /** Answered over the whole range. */
  exprs: string[]
  /** Answered at the newest instant only. */
  instantExprs: string[]
  rangeMs: number
  stepMs: number
  /** Where the time ends, for a window that stands still: such a question is asked once, and has no ticks. */
  endMs?: number | undefined
}

/** What can be drawn. */
export type LiveValue = Extract<Value, { type: 'scalar' | 'vector' }>

/** The answer at the steps, and at the newest instant where that is none of them. */
export type LiveResult =
  | { range: Matrix | undefined; instant: LiveValue | undefined }
  | { error: string; isSource?: boolean }

/** Asks at one instant; viewers of the same instant may share the answer. */
export type AskInstant = (expr: string, atMs: number, signal: AbortSignal) => Promise<Value>

export type LiveSources = { querier: Pick<Querier, 'range'>; askInstant: AskInstant; memory: MemoryPool }

/** What is told: the steps (multiples of stepMs) in (sentMs, atMs], and atMs itself. `sentMs` null means the whole range. */
export type LiveSpan = { sentMs: number | null; atMs: number }

/** The instants of a span, ascending: the newest is the last, and may lie between two steps. */
export function timesOf(question: LiveQuestion, span: LiveSpan): number[] {
  const steps = stepsOf(question, span)
  return steps.at(-1) === span.atMs ? steps : [...steps, span.atMs]
}

/**
 * Calls `use` with the answer of each query, counted through `exprs`, then `instantExprs`, in no order; the answer's memory
 * is given back when that has ended. A query that fails, or is abandoned by `signal`, has an `error`; what isn't the fault
 * of the query or of its source is thrown.
 */
export async function answerLive(
  question: LiveQuestion,
  span: LiveSpan,
  { askInstant, memory, querier }: LiveSources,
  signal: AbortSignal,
  use: (query: number, result: LiveResult) => Promise<void>,
): Promise<void> {
  const { exprs, instantExprs, stepMs } = question
  const { atMs } = span
  const steps = stepsOf(question, span)
  const [startMs = atMs] = steps
  const endMs = steps.at(-1) ?? startMs
  const isOneInstant = startMs === atMs
  const shared = new SharedWork(memory.open())

  async function answer(query: number, expr: string): Promise<void> {
    const own = memory.open()
    try {
      signal.throwIfAborted()
      const isRange = query < exprs.length && !isOneInstant
      const options = { signal, shared, memory: own }
      const range = isRange ? await querier.range(expr, { startMs, endMs, stepMs }, options) : undefined
      const instant = isRange && endMs === atMs ? undefined : toDrawable(await askInstant(expr, atMs, signal))
      await use(query, { range, instant })
    } catch (thrown) {
      const error = signal.aborted ? abandoned(signal) : thrown
      if (!(error instanceof PromqlError || error instanceof QuerierError)) throw error
      await use(query, { error: error.message, isSource: error instanceof QuerierError })
    } finally {
      own.end()
    }
  }

  const left = [...exprs, ...instantExprs].entries()
  const answerInTurn = async () => {
    for (const [query, expr] of left) await answer(query, expr)
  }
  try {
    await Promise.all(Array.from({ length: QUERIES_AT_ONCE }, answerInTurn))
  } finally {
    shared.end()
  }
}

function stepsOf({ rangeMs, stepMs }: LiveQuestion, { atMs, sentMs }: LiveSpan): number[] {
  const steps: number[] = []
  const afterMs = sentMs ?? atMs - rangeMs
  for (let tMs = (Math.floor(afterMs / stepMs) + 1) * stepMs; tMs <= atMs; tMs += stepMs) steps.push(tMs)
  return steps
}

/** Throws PromqlError for a range vector and for a string. */
function toDrawable(value: Value): LiveValue {
  if (value.type === 'scalar' || value.type === 'vector') return value
  throw new PromqlError(`expected an instant vector or a scalar to draw, got a ${value.type}`, 0, 0)
}
