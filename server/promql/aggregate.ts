// Evaluates an aggregation: groups the columns by their labels and hands each group to the table.

import type { AggregateParam, Group } from './aggregations'
import { aggregations } from './aggregations'
import type { AggregateExpr, Grouping } from './ast'
import type { Column } from './columns'
import { isPresent, mergeEqual } from './columns'
import type { Evaluated, Evaluation } from './evaluation'
import { dropLabels, keepLabels, keyOn, labelsKey, nameLabel } from './labels'
import { PromqlError } from './promql-error'

export async function evaluateAggregate(aggregate: AggregateExpr, evaluation: Evaluation): Promise<Evaluated> {
  const aggregation = aggregations[aggregate.op]
  if (!aggregation)
    throw new PromqlError(`aggregation ${aggregate.op} is not supported yet`, aggregate.from, aggregate.to)
  const param = await paramOf(aggregate, evaluation)
  const columns: Column[] = []
  for (const group of groupsOf(await evaluation.vector(aggregate.expr), aggregate.grouping)) {
    if (evaluation.budget.isDue) await evaluation.budget.pause()
    columns.push(...aggregation(group, evaluation.steps.count, param).filter(isPresent))
  }
  return { type: 'vector', columns: mergeEqual(columns) }
}

async function paramOf({ op, param }: AggregateExpr, evaluation: Evaluation): Promise<AggregateParam> {
  if (!param) return { numbers: new Float64Array(), text: '' }
  if (op === 'count_values') return { numbers: new Float64Array(), text: evaluation.string(param) }
  return { numbers: await evaluation.scalar(param), text: '' }
}

function groupsOf(columns: Column[], { labels, without }: Grouping): Iterable<Group> {
  const groups = new Map<string, Group>()
  const dropped = [...labels, nameLabel]
  for (const column of columns) {
    const kept = without ? dropLabels(column.labels, dropped) : undefined
    const key = kept ? labelsKey(kept) : keyOn(column.labels, labels)
    const group = groups.get(key)
    if (group) group.columns.push(column)
    else groups.set(key, { labels: kept ?? keepLabels(column.labels, labels), columns: [column] })
  }
  return groups.values()
}
