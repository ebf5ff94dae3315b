// Evaluates an aggregation: groups the columns by their labels and hands each group to the table.

import { aggregations } from './aggregations'
import type { AggregateParam, Group } from './aggregations/group'
import { annotateRatios } from './aggregations/limiting'
import type { AggregateExpr, Grouping } from './ast'
import type { Column, Values } from './columns'
import { isPresent, mergeEqual } from './columns'
import type { Evaluated, Evaluation } from './evaluation'
import { dropLabels, keepLabels, keyOn, labelsKey, withoutName } from './labels'
import { annotateQuantiles } from './quantile'

export async function evaluateAggregate(aggregate: AggregateExpr, evaluation: Evaluation): Promise<Evaluated> {
  const aggregation = aggregations[aggregate.op]
  const param = await paramOf(aggregate, evaluation)
  const columns: Column[] = []
  for (const group of groupsOf(await evaluation.vector(aggregate.expr), aggregate.grouping)) {
    if (evaluation.budget.isDue) await evaluation.budget.pause()
    for (const column of await aggregation(group, param, evaluation)) if (isPresent(column)) columns.push(column)
  }
  return { type: 'vector', columns: mergeEqual(columns) }
}

async function paramOf({ op, param }: AggregateExpr, evaluation: Evaluation): Promise<AggregateParam> {
  if (!param) return { numbers: new Float64Array(), text: '' }
  if (op === 'count_values') return { numbers: new Float64Array(), text: evaluation.string(param) }
  const numbers = await evaluation.scalar(param)
  if (op === 'quantile') annotateQuantiles(outside(numbers, 0, 1), param, evaluation)
  if (op === 'limit_ratio') annotateRatios(outside(numbers, -1, 1), param, evaluation)
  return { numbers, text: '' }
}

/** What Prometheus remarks on of a range's parameters: NaN, or the largest above `high` and the smallest below `low`. */
function outside(numbers: Values, low: number, high: number): Float64Array {
  if (numbers.includes(Number.NaN)) return Float64Array.of(Number.NaN)
  const extremes = Float64Array.of(Math.max(...numbers), Math.min(...numbers))
  return extremes.filter((value, i) => (i === 0 ? value > high : value < low))
}

function groupsOf(columns: readonly Column[], { labels, without }: Grouping): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const column of columns) {
    const kept = without ? dropLabels(withoutName(column.labels), labels) : undefined
    const key = kept ? labelsKey(kept) : keyOn(column.labels, labels)
    const group = groups.get(key)
    if (group) group.columns.push(column)
    else groups.set(key, { labels: kept ?? keepLabels(column.labels, labels), columns: [column] })
  }
  return groups.values()
}
