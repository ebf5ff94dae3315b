// Evaluates an aggregation: groups the columns by their labels and hands each group to the table.

import { aggregations } from './aggregations'
import type { AggregateParam, Group } from './aggregations/group'
import { annotateRatios } from './aggregations/limiting'
import { flatSum } from './aggregations/totals'
import type { AggregateExpr, Grouping } from './ast'
import { malformedText } from './ast'
import type { Budget } from './budget'
import type { Column, Values } from './columns'
import { isPresent, mergeEqual } from './columns'
import type { Evaluated, Evaluation } from './evaluation'
import { columnsIn, isFlat } from './flat-vector'
import { quoteText } from './go-quote'
import { PromqlError } from './promql-error'
import { annotateQuantiles } from './quantile'
import { groupRows } from './rows'

export async function evaluateAggregate(aggregate: AggregateExpr, evaluation: Evaluation): Promise<Evaluated> {
  const aggregation = aggregations[aggregate.op]
  const param = await paramOf(aggregate, evaluation)
  const vector = await evaluation.evaluate(aggregate.expr)
  if (isFlat(vector) && aggregate.op === 'sum') return flatSum(vector, aggregate.grouping, evaluation)
  if (vector.type !== 'vector') throw new Error(`${aggregate.op} was evaluated of a ${vector.type}`)
  const { budget } = evaluation
  const columns: Column[] = []
  for (const group of await groupsOf(await columnsIn(vector, budget), aggregate.grouping, budget)) {
    if (budget.isDue) await budget.pause()
    for (const column of await aggregation(group, param, evaluation)) if (isPresent(column)) columns.push(column)
  }
  return { type: 'vector', columns: await mergeEqual(columns, budget) }
}

async function paramOf({ op, param }: AggregateExpr, evaluation: Evaluation): Promise<AggregateParam> {
  if (!param) return { numbers: new Float64Array(), text: '' }
  if (op === 'count_values') {
    const text = evaluation.string(param)
    const malformed = malformedText(param)
    if (text !== '' && malformed === undefined) return { numbers: new Float64Array(), text }
    throw new PromqlError(`invalid label name ${malformed ?? quoteText(text)}`, 0, 0)
  }
  const numbers = await evaluation.scalar(param)
  // As of Prometheus 3.6, whatever there is to choose from.
  if (op !== 'quantile' && numbers.includes(Number.NaN)) {
    throw new PromqlError(`${op === 'limit_ratio' ? 'Ratio' : 'Parameter'} value is NaN`, 0, 0)
  }
  if (op === 'quantile') annotateQuantiles(outside(numbers, 0, 1), param, evaluation)
  if (op === 'limit_ratio') annotateRatios(outside(numbers, -1, 1), param, evaluation)
  return { numbers, text: '' }
}

/** What Prometheus remarks on of a range's parameters: NaN, or the largest above `high` and the smallest below `low`. */
function outside(numbers: Values, low: number, high: number): Float64Array {
  if (numbers.includes(Number.NaN)) return Float64Array.of(Number.NaN)
  const most = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const extremes = Float64Array.of(most, least)
  return extremes.filter((value, i) => (i === 0 ? value > high : value < low))
}

async function groupsOf(columns: readonly Column[], grouping: Grouping, budget: Budget): Promise<Group[]> {
  const rows = columns.map(({ labels }) => labels)
  const { groupOf, groups } = await groupRows(rows, grouping, budget)
  const columnsOf: Column[][] = groups.map(() => [])
  for (const [i, column] of columns.entries()) columnsOf[groupOf[i] ?? 0]?.push(column)
  return groups.map((labels, i) => ({ labels, columns: columnsOf[i] ?? [] }))
}
