// The order of an instant query's answer. A range query's series are always sorted by their labels, of which a warning
// tells as of Prometheus 3.12.

import { sorted } from '../../sorted'
import { labelValue } from '../../storage/matcher'
import type { Call } from '../ast'
import { argument } from '../ast'
import type { Column } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { compareLabels, compareText } from '../labels'

export const sort = sortBy(() => (a, b) => compareValues(a, b, 1))
export const sortDesc = sortBy(() => (a, b) => compareValues(a, b, -1))
export const sortByLabel = sortBy((names) => (a, b) => compareByLabels(a, b, names))
export const sortByLabelDesc = sortBy((names) => (a, b) => -compareByLabels(a, b, names))

/** Of all functions that sort. */
const INEFFECTIVE = 'sort is ineffective for range queries since results are always ordered by labels'

type Comparison = (a: Column, b: Column) => number

function sortBy(comparisonFor: (names: string[]) => Comparison) {
  return async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const columns = await evaluation.vector(argument(call, 0))
    const names = call.args.slice(1).map((arg) => evaluation.string(arg))
    const isInstant = evaluation.steps.count === 1
    if (!isInstant) {
      evaluation.annotate('warning', `PromQL warning: ${INEFFECTIVE}`, call)
    }
    return {
      type: 'vector',
      columns: isInstant ? await evaluation.budget.finish(sorted(columns, comparisonFor(names))) : columns,
    }
  }
}

/** NaN comes last in either direction. */
function compareValues(a: Column, b: Column, direction: 1 | -1): number {
  const [x, y] = [a.values[0] ?? 0, b.values[0] ?? 0]
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
  return x < y ? -direction : x > y ? direction : 0
}

function compareByLabels(a: Column, b: Column, names: string[]): number {
  for (const name of names) {
    const order = compareNaturally(labelValue(a.labels, name), labelValue(b.labels, name))
    if (order !== 0) return order
  }
  return compareLabels(a.labels, b.labels)
}

/** Digits as numbers, and everything else as text: n2 before n10. */
function compareNaturally(a: string, b: string): number {
  if (a === b) return 0
  const chunksB = chunksOf(b)
  const chunksA = chunksOf(a)
  for (const [i, chunkA] of chunksA.entries()) {
    const chunkB = chunksB[i]
    if (chunkB === undefined) return 1
    const areNumbers = /^\d/.test(chunkA) && /^\d/.test(chunkB)
    const order = areNumbers ? Number(chunkA) - Number(chunkB) : compareText(chunkA, chunkB)
    if (order !== 0) return order
  }
  return -1
}

function chunksOf(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? []
}
