// Explains an expression that somebody else evaluates: each part is asked for by itself, as Prometheus's own tree view
// does. What a part reads isn't known then, and its time is that of its answer, parts included.
import { ALL_FEATURES } from '../features'
import type { Expr } from '../promql/ast'
import { Budget } from '../promql/budget'
import type { Column } from '../promql/columns'
import { stepTimes } from '../promql/columns'
import type { ExplainTimes } from '../promql/explain'
import { countNodes, isMatcherList, partsOf } from '../promql/explain'
import type { Explained, ExplainedNode } from '../promql/explained'
import { describeSeries, errorWords } from '../promql/explained'
import { parseExpr } from '../promql/parse'
import { typeOf } from '../promql/parse/check'
import { formatExpr } from '../promql/print/print'
import { PromqlError } from '../promql/promql-error'
import type { Matrix, Value } from '../promql/value'
import type { AskOptions, Querier } from './querier'

/** Of an expression: each is a question of its own. */
const MAX_ASKED_PARTS = 30
/** Questions at a time. */
const ASKED_AT_ONCE = 4

/**
 * As `explain`, by asking. Throws PromqlError for what our parser doesn't read, and where the parts are more than
 * MAX_ASKED_PARTS; QuerierError where the other one can't answer.
 */
export async function explainByAsking(
  querier: Pick<Querier, 'instant' | 'range'>,
  text: string,
  times: ExplainTimes,
  options: AskOptions = {},
): Promise<Explained> {
  const expr = parseExpr(text, ALL_FEATURES)
  const nodes = countNodes(expr)
  if (nodes > MAX_ASKED_PARTS) {
    const message = `expected an expression of at most ${MAX_ASKED_PARTS} parts, each of which is asked of Prometheus, got ${nodes}`
    throw new PromqlError(message, expr.from, expr.to)
  }
  const { signal, memory } = options
  const budget = new Budget({ maxSamples: Number.POSITIVE_INFINITY, memory, signal })
  const questions: ExplainedNode[] = []
  const root = treeOf(expr, 'query', questions)
  const waiting = questions.values()
  const work = async () => {
    for (const node of waiting) await answer(node)
  }
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, work))
  return { root, stepTimesMs: timesOf(times), remarks: [] }

  async function answer(node: ExplainedNode): Promise<void> {
    const begunMs = performance.now()
    const asked = node.type === 'matrix' ? `last_over_time(${node.text})` : node.text
    try {
      const series = seriesOf(
        'atMs' in times
          ? await querier.instant(asked, times.atMs, options)
          : await querier.range(asked, times, options),
      )
      node.totalMs = performance.now() - begunMs
      const hasValues = node.type !== 'matrix' && node.steps === 'query'
      const toShown = hasValues ? (one: PointSeries) => toColumn(one, times) : undefined
      node.described = await describeSeries(series, nodes, budget, toShown)
    } catch (error) {
      if (!(error instanceof PromqlError) || signal?.aborted) throw error
      node.error = errorWords(error)
    }
  }
}

type PointSeries = Matrix['series'][number]

function treeOf(expr: Expr, steps: ExplainedNode['steps'], questions: ExplainedNode[]): ExplainedNode {
  const { from, kind, to } = expr
  const type = typeOf(expr)
  const isAsked = steps !== 'none' && type !== 'string'
  const node: ExplainedNode = {
    ...{ kind, type, text: formatExpr(expr), from, to },
    steps: isAsked ? steps : 'none',
    children: [],
  }
  if (isAsked) questions.push(node)
  const inner = expr.kind === 'subquery' && isAsked ? 'subquery' : steps
  for (const part of partsOf(expr)) {
    node.children.push(treeOf(part, isMatcherList(expr, part) ? 'none' : inner, questions))
  }
  return node
}

function timesOf(times: ExplainTimes): Float64Array {
  if ('atMs' in times) return Float64Array.of(times.atMs)
  const { endMs, startMs, stepMs } = times
  return stepTimes({ startMs, stepMs, count: Math.floor((endMs - startMs) / stepMs) + 1 })
}

function seriesOf(value: Value): PointSeries[] {
  switch (value.type) {
    case 'matrix':
      return value.series
    case 'vector':
      return value.series.map(({ labels, value }) => ({ labels, points: [[0, value]] }))
    case 'scalar':
      return [{ labels: {}, points: [[0, value.value]] }]
    case 'string':
      return []
  }
}

function toColumn({ labels, points }: PointSeries, times: ExplainTimes): Column {
  const { length } = timesOf(times)
  const column = { labels, values: new Float64Array(length), present: new Uint8Array(length) }
  for (const [tMs, value] of points) {
    const step = 'atMs' in times ? 0 : Math.round((tMs - times.startMs) / times.stepMs)
    column.values[step] = value
    column.present[step] = 1
  }
  return column
}
