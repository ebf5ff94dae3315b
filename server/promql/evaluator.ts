// Walks an expression once and evaluates each node for all steps.

import { evaluateAggregate } from './aggregate'
import type { Expr, SubqueryExpr, UnaryExpr } from './ast'
import { unwrapParens } from './ast'
import { evaluateBinary } from './binary'
import type { Budget } from './budget'
import type { Column, Steps, Values } from './columns'
import { columnBytes, dropNames } from './columns'
import type { Annotation, Evaluated, Evaluation, RangeVector, SampleRun, SeriesSource, Windows } from './evaluation'
import { bytesOf, columnsIn } from './flat-vector'
import { functions } from './functions'
import { mapValues } from './functions/function-spec'
import { quoteText } from './go-quote'
import { selectNewest } from './held-series'
import { PromqlError } from './promql-error'
import type { Remarks } from './remarks'
import { selectInstant, selectRange, shiftedTimes, windowsOf } from './selectors'
import type { SharedWork } from './shared-work'
import { repeat } from './step-invariant'

/**
 * A column of an inner expression is made at a stretch, however long it is: this many steps take some milliseconds. It is
 * a second's resolution for as long as a range of 11,000 steps of 15 seconds.
 */
const maxSubquerySteps = 250_000

/** What holds for the whole query, subqueries included. */
export type QueryContext = {
  text: string
  source: SeriesSource
  budget: Budget
  queryStartMs: number
  queryEndMs: number
  queryStepMs: number
  lookbackMs: number
  /** What is evaluated once for all steps. */
  stepInvariant: ReadonlySet<Expr>
  /** The resolution of a subquery that names none. */
  subqueryStepMs: number
  remarks: Remarks
  shared: SharedWork | undefined
}

/** What takes longer to look up than to evaluate. */
const isTrivial: ReadonlySet<Expr['kind']> = new Set(['number', 'string', 'paren'])

export class Evaluator implements Evaluation {
  readonly budget: Budget
  readonly queryStartMs: number
  readonly queryEndMs: number
  readonly queryStepMs: number
  readonly lookbackMs: number
  readonly subqueryStepMs: number
  readonly source: SeriesSource
  /** All that the value of a text depends on besides the source. */
  private readonly moment: string

  constructor(
    private readonly context: QueryContext,
    readonly steps: Steps,
  ) {
    this.budget = context.budget
    this.queryStartMs = context.queryStartMs
    this.queryEndMs = context.queryEndMs
    this.queryStepMs = context.queryStepMs
    this.lookbackMs = context.lookbackMs
    this.subqueryStepMs = context.subqueryStepMs
    this.source = context.source
    const { lookbackMs, queryEndMs, queryStartMs, queryStepMs, subqueryStepMs } = context
    const ofQuery = [queryStartMs, queryEndMs, queryStepMs, lookbackMs, subqueryStepMs]
    this.moment = [...Object.values(steps), ...ofQuery].join()
  }

  async evaluate(expr: Expr): Promise<Evaluated> {
    if (this.budget.isDue) await this.budget.pause()
    const { budget, remarks, shared, text } = this.context
    const evaluate = () => budget.within(() => this.evaluateForAllSteps(expr), bytesOf)
    if (!shared || isTrivial.has(expr.kind)) return evaluate()
    const key = `${this.moment} ${text.slice(expr.from, expr.to)}`
    return shared.evaluate(key, { budget, remarks, from: expr.from }, evaluate)
  }

  private async evaluateForAllSteps(expr: Expr): Promise<Evaluated> {
    const { count, startMs, stepMs } = this.steps
    if (count < 2 || !this.context.stepInvariant.has(expr)) return this.evaluateNode(expr)
    const once = new Evaluator(this.context, { startMs, stepMs, count: 1 })
    return repeat(await once.evaluateNode(expr), count, this.budget)
  }

  private async evaluateNode(expr: Expr): Promise<Evaluated> {
    switch (expr.kind) {
      case 'number':
        this.budget.holdColumns(columnBytes(1, this.steps.count))
        return { type: 'scalar', values: new Float64Array(this.steps.count).fill(expr.value) }
      case 'string':
        return { type: 'string', value: expr.value }
      case 'paren':
        return this.evaluate(expr.expr)
      case 'unary':
        return this.unary(expr)
      case 'vectorSelector':
        return (await selectNewest(expr, this)) ?? { type: 'vector', columns: await selectInstant(expr, this) }
      case 'binary':
        return evaluateBinary(expr, this)
      case 'aggregate':
        return evaluateAggregate(expr, this)
      case 'call': {
        const spec = functions.get(expr.name)
        if (!spec) throw new PromqlError(`unknown function with name ${quoteText(expr.name)}`, expr.from, expr.to)
        return spec.evaluate(expr, this)
      }
      case 'matrixSelector':
      case 'subquery':
        throw new Error('a range vector has no value at a step')
    }
  }

  async vector(expr: Expr): Promise<readonly Column[]> {
    const evaluated = await this.evaluate(expr)
    if (evaluated.type !== 'vector') throw new Error(`expected an instant vector, got a ${evaluated.type}`)
    return columnsIn(evaluated, this.budget)
  }

  async scalar(expr: Expr): Promise<Values> {
    const evaluated = await this.evaluate(expr)
    if (evaluated.type !== 'scalar') throw new Error(`expected a scalar, got a ${evaluated.type}`)
    return evaluated.values
  }

  async rangeVector(expr: Expr): Promise<RangeVector> {
    const range = unwrapParens(expr)
    if (range.kind === 'matrixSelector') return selectRange(range, this)
    if (range.kind === 'subquery') return this.subquery(range)
    throw new Error(`expected a range vector, got a ${range.kind}`)
  }

  string(expr: Expr): string {
    const literal = unwrapParens(expr)
    if (literal.kind !== 'string') throw new Error(`expected a string, got a ${literal.kind}`)
    return literal.value
  }

  annotate(level: Annotation['level'], message: string, { from, to }: { from: number; to: number }): void {
    this.context.remarks.add({ level, message, from, to })
  }

  private async unary({ expr, op }: UnaryExpr): Promise<Evaluated> {
    const evaluated = await this.evaluate(expr)
    if (op === '+' || evaluated.type === 'string') return evaluated
    if (evaluated.type === 'scalar') return { type: 'scalar', values: evaluated.values.map((value) => -value) }
    const columns = await mapValues(await columnsIn(evaluated, this.budget), (value) => -value, this)
    return { type: 'vector', columns: await dropNames(columns, this.budget) }
  }

  /** The inner expression on its own steps, which are multiples of its resolution, as samples under the outer windows. */
  private async subquery(subquery: SubqueryExpr): Promise<RangeVector> {
    const { steps, windows } = subquerySteps(subquery, this)
    const { startMs, stepMs } = steps
    const columns = await new Evaluator(this.context, steps).vector(subquery.expr)
    return { runs: runsOf(columns, startMs, stepMs), windows }
  }
}

/**
 * The windows of a subquery, and the steps of its inner expression: the multiples of its resolution in them. They
 * count as samples; throws PromqlError where they are too many.
 */
export function subquerySteps(subquery: SubqueryExpr, evaluator: Evaluator): { steps: Steps; windows: Windows } {
  const windows = windowsOf(subquery.rangeNs, shiftedTimes(subquery, evaluator))
  const stepMs = subquery.stepMs ?? evaluator.subqueryStepMs
  const beforeMs = (windows.endsMs[0] ?? 0) - windows.rangeMs
  const alignedMs = stepMs * Math.trunc(beforeMs / stepMs)
  const startMs = alignedMs > beforeMs ? alignedMs : alignedMs + stepMs
  const count = Math.max(0, Math.floor(((windows.endsMs.at(-1) ?? 0) - startMs) / stepMs) + 1)
  evaluator.budget.spend(count <= maxSubquerySteps ? count : Number.POSITIVE_INFINITY)
  return { steps: { startMs, stepMs, count }, windows }
}

/** One at a time: they would take as much memory again as the columns. */
function* runsOf(columns: readonly Column[], startMs: number, stepMs: number): Generator<SampleRun, void> {
  for (const { labels, present, values } of columns) {
    const timesMs = new Float64Array(values.length)
    const samples = new Float64Array(values.length)
    let count = 0
    for (let step = 0; step < values.length; step++) {
      if (present[step] !== 1) continue
      timesMs[count] = startMs + step * stepMs
      samples[count++] = values[step] ?? 0
    }
    yield { labels, timesMs: timesMs.subarray(0, count), values: samples.subarray(0, count) }
  }
}
