// Explains an expression: every part is evaluated as if it were asked alone, the innermost first. What the parts inside
// came to is shared with those around them, so what is measured of a part is its own work.
import type { MemoryShare } from '../memory-pool'
import { lend } from '../memory-pool'
import type { Expr, MatrixSelector, SubqueryExpr } from './ast'
import { childrenOf, unwrapParens } from './ast'
import type { BudgetLimits } from './budget'
import { Budget } from './budget'
import type { Column, Steps } from './columns'
import { fullColumn, isPresent, stepTimes } from './columns'
import type { EvaluateOptions } from './engine'
import { contextOf, located, stepCount } from './engine'
import type { Evaluated, SampleRun, SeriesSource, Windows } from './evaluation'
import type { QueryContext } from './evaluator'
import { Evaluator, subquerySteps } from './evaluator'
import type { Explained, ExplainedNode } from './explained'
import { describeSeries, errorWords, MAX_EXPLAINED_NODES } from './explained'
import { extendedWindows } from './extended'
import { columnsIn } from './flat-vector'
import { typeOf } from './parse/check'
import { formatExpr } from './print/print'
import { PromqlError } from './promql-error'
import type { ReadExpression } from './read-expression'
import { readExpression, readForQuery } from './read-expression'
import { SharedWork } from './shared-work'
import { sortByLabels } from './sort-by-labels'
import type { Range } from './value'

/** One instant, or a range of them. */
export type ExplainTimes = Range | { atMs: number }

/**
 * Explains `text` at an instant or at the steps of a range. A part that can't be evaluated says why, and so does what is
 * around it. Throws PromqlError for a wrong expression, for more than MAX_EXPLAINED_NODES parts, where time runs out, and
 * when `signal` aborts.
 */
export async function explain(
  source: SeriesSource,
  text: string,
  times: ExplainTimes,
  options: EvaluateOptions = {},
): Promise<Explained> {
  const { query, steps } = stepsOf(times, options.maxSteps)
  const first = readExpression(text, options.features)
  const remarks: string[] = []
  const onAnnotation: EvaluateOptions['onAnnotation'] = ({ message }) => remarks.push(message)
  const shared = new SharedWork(options.memory && lend(options.memory))
  try {
    return await located(first.expr, async () => {
      const rangeMs = query.endMs - query.startMs
      const read = readForQuery(first, text, { stepMs: query.stepMs, rangeMs })
      const nodes = countNodes(read.expr)
      const context = contextOf(source, text, read, query, { ...options, shared, onAnnotation })
      const explainer = new Explainer(context, read, {
        ...options,
        nodes,
        count: steps.count,
        isInstant: 'atMs' in times,
      })
      const root = await explainer.explain(read.expr, { steps, name: 'query' })
      return { root, stepTimesMs: stepTimes(steps), remarks }
    })
  } finally {
    shared.end()
  }
}

/** The parts that are explained, in the order of the text. A range of a selector is one. */
export function partsOf(expr: Expr): Expr[] {
  return expr.kind === 'matrixSelector' ? [] : childrenOf(expr)
}

/** How many parts are explained. Throws PromqlError where they are too many. */
export function countNodes(expr: Expr): number {
  const count = (one: Expr): number => partsOf(one).reduce((sum, child) => sum + count(child), 1)
  const nodes = count(expr)
  if (nodes <= MAX_EXPLAINED_NODES) return nodes
  const message = `expected an expression of at most ${MAX_EXPLAINED_NODES} parts to explain, got ${nodes}`
  throw new PromqlError(message, expr.from, expr.to)
}

/** The second argument of `info` says which series it looks at: it has no value. */
export function isMatcherList(parent: Expr, child: Expr): boolean {
  return parent.kind === 'call' && parent.name === 'info' && parent.args.indexOf(child) === 1
}

function stepsOf(times: ExplainTimes, maxSteps = 11_000): { query: Range; steps: Steps } {
  if ('atMs' in times) {
    const { atMs } = times
    return {
      query: { startMs: atMs, endMs: atMs, stepMs: 0 },
      steps: { startMs: atMs, stepMs: 1, count: 1 },
    }
  }
  const { startMs, stepMs } = times
  return { query: times, steps: { startMs, stepMs, count: stepCount(times, maxSteps) } }
}

/** Where a part is evaluated, and what that is called. */
type Place = { steps: Steps; name: 'query' | 'once' | 'subquery' }
type Limits = Pick<EvaluateOptions, 'maxSamples' | 'memory' | 'signal'> & {
  nodes: number
  /** Of the query's steps. */
  count: number
  isInstant: boolean
}
/** What became of evaluating one part. */
type Outcome = Pick<ExplainedNode, 'described' | 'error' | 'ownMs' | 'samples'>

class Explainer {
  constructor(
    private readonly context: QueryContext,
    private readonly read: ReadExpression,
    private readonly limits: Limits,
  ) {}

  async explain(expr: Expr, place: Place, isEvaluated = true): Promise<ExplainedNode> {
    const inner = this.placeOfParts(expr, place)
    const children: ExplainedNode[] = []
    for (const part of partsOf(expr)) {
      const isPartEvaluated = isEvaluated && inner.error === undefined && !isMatcherList(expr, part)
      children.push(await this.explain(part, inner, isPartEvaluated))
    }
    const type = typeOf(expr)
    const hasValue = isEvaluated && type !== 'string'
    const error = hasValue ? (inner.error ?? children.find((child) => child.error !== undefined)?.error) : undefined
    const outcome = error !== undefined ? { error } : hasValue ? await this.outcomeOf(expr, place) : {}
    const times = [outcome.ownMs, ...children.map(({ totalMs }) => totalMs)].filter((ms) => ms !== undefined)
    const { from, kind, to } = expr
    return {
      ...{ kind, type, text: formatExpr(expr), from, to },
      steps: hasValue ? place.name : 'none',
      ...outcome,
      totalMs: times.length === 0 ? undefined : times.reduce((sum, ms) => sum + ms, 0),
      children,
    }
  }

  /** What `@` has fixed is evaluated once, and so are its parts; those of a subquery at its own steps, if it may have so many. */
  private placeOfParts(expr: Expr, place: Place): Place & { error?: string } {
    const once = this.placeOnce(expr, place)
    if (expr.kind !== 'subquery') return once
    try {
      const { steps } = subquerySteps(expr, this.evaluator(once.steps, new Budget(this.budgetLimits(undefined))))
      return { steps, name: 'subquery' }
    } catch (error) {
      if (error instanceof PromqlError) return { ...place, error: errorWords(error) }
      throw error
    }
  }

  private placeOnce(expr: Expr, place: Place): Place {
    if (place.steps.count < 2 || !this.read.stepInvariant.has(expr)) return place
    return { steps: { ...place.steps, count: 1 }, name: place.name === 'query' ? 'once' : place.name }
  }

  private async outcomeOf(expr: Expr, place: Place): Promise<Outcome> {
    const memory = this.limits.memory && lend(this.limits.memory)
    const budget = new TimedBudget(this.budgetLimits(memory))
    try {
      return isRange(expr) ? await this.ofRange(expr, place, budget) : await this.ofValue(expr, place, budget)
    } catch (error) {
      if (error instanceof PromqlError && error.kind !== 'timeout' && error.kind !== 'canceled') {
        return { error: errorWords(error) }
      }
      throw error
    } finally {
      memory?.end()
    }
  }

  private async ofValue(expr: Expr, { name, steps }: Place, budget: TimedBudget): Promise<Outcome> {
    const begunMs = performance.now()
    const evaluated = await this.evaluator(steps, budget).evaluate(expr)
    const ownMs = performance.now() - begunMs - budget.pausedMs
    const { samples } = budget
    const columns = await this.columnsOf(evaluated, budget)
    const toShown = name === 'subquery' ? undefined : (column: Column) => this.atQuerySteps(column)
    return { ownMs, samples, described: await describeSeries(columns, this.limits.nodes, budget, toShown) }
  }

  /** Series that have a sample in one window at least. */
  private async ofRange(expr: Expr, place: Place, budget: TimedBudget): Promise<Outcome> {
    const evaluator = this.evaluator(this.placeOnce(expr, place).steps, budget)
    const { edges, runs, windows } = await evaluator.rangeVector(expr)
    const series: SampleRun[] = []
    for (const run of runs) {
      if (budget.isDue) await budget.pause()
      const windowOf = edges && extendedWindows(run, windows, edges, this.context.lookbackMs)
      const isThere = windowOf ? windows.endsMs.some((_, step) => windowOf(step)) : isInWindow(run, windows)
      if (isThere) series.push(run)
    }
    const { samples } = budget
    return { samples, described: await describeSeries(series, this.limits.nodes, budget, undefined) }
  }

  /** In the order of the API's answers. */
  private async columnsOf(evaluated: Evaluated, budget: Budget): Promise<Column[]> {
    if (evaluated.type === 'string') return []
    if (evaluated.type === 'scalar') return [fullColumn({}, evaluated.values)]
    const columns = (await columnsIn(evaluated, budget)).filter(isPresent)
    return this.limits.isInstant ? columns : sortByLabels(columns, budget)
  }

  /** What was evaluated once holds for every step. */
  private atQuerySteps(column: Column): Column {
    const { count } = this.limits
    if (column.values.length === count) return column
    return {
      labels: column.labels,
      values: new Float64Array(count).fill(column.values[0] ?? 0),
      present: new Uint8Array(count).fill(column.present[0] ?? 0),
    }
  }

  private budgetLimits(memory: MemoryShare | undefined): BudgetLimits {
    const { maxSamples = 50_000_000, signal } = this.limits
    return { maxSamples, memory, signal }
  }

  private evaluator(steps: Steps, budget: Budget): Evaluator {
    return new Evaluator({ ...this.context, budget }, steps)
  }
}

/** Knows how long it let others have their turns. */
class TimedBudget extends Budget {
  pausedMs = 0

  override async pause(): Promise<void> {
    const begunMs = performance.now()
    try {
      await super.pause()
    } finally {
      this.pausedMs += performance.now() - begunMs
    }
  }
}

function isRange(expr: Expr): expr is MatrixSelector | SubqueryExpr | Extract<Expr, { kind: 'paren' }> {
  const { kind } = unwrapParens(expr)
  return kind === 'matrixSelector' || kind === 'subquery'
}

function isInWindow({ timesMs }: SampleRun, { endsMs, rangeMs }: Windows): boolean {
  let next = 0
  return endsMs.some((endMs) => {
    while (next < timesMs.length && (timesMs[next] ?? 0) <= endMs - rangeMs) next++
    return next < timesMs.length && (timesMs[next] ?? 0) <= endMs
  })
}
