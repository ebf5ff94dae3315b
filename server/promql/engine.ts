// The door to PromQL: an expression, a source of series, and one instant or a range of them.

import type { Features } from '../features'
import type { MemoryShare } from '../memory-pool'
import { RegexpLimitError } from '../storage/regexp'
import type { Expr } from './ast'
import { Budget } from './budget'
import type { Column, Steps } from './columns'
import { fullColumn, isPresent } from './columns'
import type { Annotation, Evaluated, SampleRun, SeriesSource } from './evaluation'
import type { QueryContext } from './evaluator'
import { Evaluator } from './evaluator'
import { columnsIn } from './flat-vector'
import { quoteText } from './go-quote'
import { documentedType, typeOf } from './parse/check'
import { PromqlError, position } from './promql-error'
import type { ReadExpression } from './read-expression'
import { readExpression, readForQuery } from './read-expression'
import { Remarks } from './remarks'
import { runsAt } from './selectors'
import type { SharedWork } from './shared-work'
import { sortByLabels } from './sort-by-labels'
import type { Matrix, Point, Range, Value, Vector } from './value'

export type EvaluateOptions = {
  /** What the expression may have of Prometheus's experimental features; nothing by default. */
  features?: Features
  /** How old the newest sample of a series may be; 5 minutes by default. */
  lookbackMs?: number
  /** Abandons the evaluation, which then throws PromqlError. */
  signal?: AbortSignal
  /** How many steps a range may have; Prometheus's 11,000 by default. */
  maxSteps?: number
  /** How many samples may be read and made; Prometheus's 50 million by default. */
  maxSamples?: number
  /** The resolution of subqueries that name none; Prometheus's default evaluation interval, 1 minute. */
  subqueryStepMs?: number
  /** Called with Prometheus's warnings and infos on an answer, each once. */
  onAnnotation?: (annotation: Annotation) => void
  /** The memory that the query may hold; unlimited by default. It is held until whoever opened it ends it. */
  memory?: MemoryShare
  /** What this query has in common with others that are given the same one is evaluated once. */
  shared?: SharedWork
  /** Called while the evaluation goes on with how many samples were read and made so far. */
  onSamples?: (count: number) => void
}

/** A value at an instant as it was computed: the samples of a range vector are arrays, of which there may be millions. */
export type InstantValue = Exclude<Value, Matrix> | { type: 'matrix'; runs: SampleRun[] }

/**
 * The value of `expr` at one instant. Throws PromqlError for a wrong expression, for an evaluation that Prometheus
 * refuses, past a limit, and when `signal` aborts.
 */
export function evaluateInstant(
  source: SeriesSource,
  expr: string,
  atMs: number,
  options: EvaluateOptions = {},
): Promise<Value> {
  return atInstant(source, expr, atMs, options, async (value, budget) => {
    return value.type === 'matrix' ? { type: 'matrix', series: await seriesOfRuns(value.runs, budget) } : value
  })
}

/** As `evaluateInstant`, for whoever needs no points. */
export function evaluateInstantRuns(
  source: SeriesSource,
  expr: string,
  atMs: number,
  options: EvaluateOptions = {},
): Promise<InstantValue> {
  return atInstant(source, expr, atMs, options, async (value) => value)
}

async function atInstant<T>(
  source: SeriesSource,
  expr: string,
  atMs: number,
  options: EvaluateOptions,
  finish: (value: InstantValue, budget: Budget) => Promise<T>,
): Promise<T> {
  const read = readForQuery(readExpression(expr, options.features), expr, { stepMs: 0, rangeMs: 0 })
  const parsed = read.expr
  return located(parsed, async () => {
    const steps = { startMs: atMs, stepMs: 1, count: 1 }
    const query = { startMs: atMs, endMs: atMs, stepMs: 0 }
    const evaluator = new Evaluator(contextOf(source, expr, read, query, options), steps)
    const { budget } = evaluator
    if (typeOf(parsed) === 'matrix') {
      return finish(
        { type: 'matrix', runs: await runsAt(await evaluator.rangeVector(parsed), evaluator.lookbackMs, budget) },
        budget,
      )
    }
    const evaluated = await evaluator.evaluate(parsed)
    if (evaluated.type === 'string') return finish(evaluated, budget)
    if (evaluated.type === 'scalar') return finish({ type: 'scalar', value: evaluated.values[0] ?? 0 }, budget)
    const series: Vector['series'] = []
    for (const { labels, present, values } of await columnsIn(evaluated, budget)) {
      if (present[0] === 1) series.push({ labels, value: values[0] ?? 0 })
    }
    return finish({ type: 'vector', series }, budget)
  })
}

async function seriesOfRuns(runs: readonly SampleRun[], budget: Budget): Promise<Matrix['series']> {
  const series: Matrix['series'] = []
  for (const { labels, timesMs, values } of runs) {
    if (budget.isDue) await budget.pause()
    budget.holdColumns(POINT_BYTES * values.length)
    series.push({ labels, points: Array.from(timesMs, (tMs, i): Point => [tMs, values[i] ?? 0]) })
  }
  return series
}

/**
 * The values of `expr` at startMs, startMs + stepMs, ... up to endMs, series sorted by their labels; a scalar becomes a
 * series without labels. Throws PromqlError as `evaluateInstant`, and for a range of too many steps.
 */
export function evaluateRange(
  source: SeriesSource,
  expr: string,
  range: Range,
  options: EvaluateOptions = {},
): Promise<Matrix> {
  return overRange(source, expr, range, options, toMatrix)
}

/** Columns that are each present at one step at least, sorted by their labels. They are to be read only. */
export type RangeColumns = { steps: Steps; columns: Column[] }

/** As `evaluateRange`, for whoever needs no points: there may be millions of them. */
export function evaluateRangeColumns(
  source: SeriesSource,
  expr: string,
  range: Range,
  options: EvaluateOptions = {},
): Promise<RangeColumns> {
  return overRange(source, expr, range, options, async (columns) => columns)
}

async function overRange<T>(
  source: SeriesSource,
  expr: string,
  range: Range,
  options: EvaluateOptions,
  finish: (columns: RangeColumns, budget: Budget) => Promise<T>,
): Promise<T> {
  const { endMs, startMs, stepMs } = range
  const first = readExpression(expr, options.features)
  return located(first.expr, async () => {
    const type = typeOf(first.expr)
    if (type === 'matrix' || type === 'string') {
      const got = quoteText(documentedType(first.expr))
      throw new PromqlError(
        `invalid expression type ${got} for range query, must be Scalar or instant Vector`,
        0,
        0,
        'parse',
      )
    }
    const steps = { startMs, stepMs, count: stepCount(range, options.maxSteps ?? 11_000) }
    const read = readForQuery(first, expr, { stepMs, rangeMs: endMs - startMs })
    const evaluator = new Evaluator(contextOf(source, expr, read, range, options), steps)
    const { budget } = evaluator
    const columns = (await columnsOf(await evaluator.evaluate(read.expr), budget)).filter(isPresent)
    return finish({ steps, columns: await sortByLabels(columns, budget) }, budget)
  })
}

/** How many steps a range has. Throws PromqlError where they are more than `maxSteps`. */
export function stepCount({ endMs, startMs, stepMs }: Range, maxSteps: number): number {
  if (!(stepMs > 0)) {
    const message = 'zero or negative query resolution step widths are not accepted. Try a positive integer'
    throw new PromqlError(message, 0, 0)
  }
  if (endMs < startMs) throw new PromqlError('end timestamp must not be before start time', 0, 0)
  if ((endMs - startMs) / stepMs > maxSteps) {
    const limit = maxSteps.toLocaleString('en-US')
    const message = `exceeded maximum resolution of ${limit} points per timeseries. Try decreasing the query resolution (?step=XX)`
    throw new PromqlError(message, 0, 0)
  }
  return Math.floor((endMs - startMs) / stepMs) + 1
}

/** What holds for one query of the expression that `text` was read as. */
export function contextOf(
  source: SeriesSource,
  text: string,
  { stepInvariant }: ReadExpression,
  query: Range,
  options: EvaluateOptions,
): QueryContext {
  return {
    text,
    source,
    stepInvariant,
    budget: new Budget({ ...options, maxSamples: options.maxSamples ?? 50_000_000 }),
    queryStartMs: query.startMs,
    queryEndMs: query.endMs,
    queryStepMs: query.stepMs,
    lookbackMs: options.lookbackMs ?? 300_000,
    subqueryStepMs: options.subqueryStepMs ?? 60_000,
    remarks: new Remarks((annotation) => {
      const message = `${annotation.message} (${position(text, annotation.from)})`
      options.onAnnotation?.({ ...annotation, message })
    }),
    shared: options.shared,
  }
}

/** Errors that know no place of their own are about the whole expression. */
export async function located<T>(expr: Expr, evaluate: () => Promise<T>): Promise<T> {
  try {
    return await evaluate()
  } catch (error) {
    if (error instanceof RegexpLimitError) throw new PromqlError(error.message, expr.from, expr.to)
    if (error instanceof PromqlError && error.to === 0) {
      throw new PromqlError(error.message, expr.from, expr.to, error.kind)
    }
    throw error
  }
}

async function columnsOf(evaluated: Evaluated, budget: Budget): Promise<readonly Column[]> {
  if (evaluated.type === 'vector') return columnsIn(evaluated, budget)
  return evaluated.type === 'scalar' ? [fullColumn({}, evaluated.values)] : []
}

/** A point in a list: measured. */
const POINT_BYTES = 72

async function toMatrix({ columns, steps }: RangeColumns, budget: Budget): Promise<Matrix> {
  const series: Matrix['series'] = []
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    series.push({ labels: column.labels, points: pointsOf(column, steps, budget) })
  }
  return { type: 'matrix', series }
}

function pointsOf({ present, values }: Column, { startMs, stepMs }: Steps, budget: Budget): Point[] {
  const points: Point[] = []
  for (const [step, value] of values.entries()) if (present[step] === 1) points.push([startMs + step * stepMs, value])
  budget.holdColumns(POINT_BYTES * points.length)
  return points
}
