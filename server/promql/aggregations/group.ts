// The input and output of an aggregation.
import type { Labels } from '../../exposition/snapshot'
import type { Column, NewColumn, Values } from '../columns'
import { emptyColumn } from '../columns'
import type { Evaluation } from '../evaluation'

/** Columns that are aggregated together, and the labels of what comes out of them. */
export type Group = { labels: Labels; columns: Column[] }

/** The parameter: `numbers` at each step, or the `text` of count_values. */
export type AggregateParam = { numbers: Values; text: string }

/** What becomes of one group, at every step. */
export type Aggregation = (group: Group, param: AggregateParam, evaluation: Evaluation) => Promise<readonly Column[]>

/** An aggregation that makes one value of all values of a step, given in the order of the columns. */
export function ofStep(reduce: (values: Float64Array, step: number, param: AggregateParam) => number): Aggregation {
  return async ({ columns, labels }, param, { budget, steps }) => {
    const result = emptyColumn(labels, steps.count, budget)
    const buffer = new Float64Array(columns.length)
    for (let step = 0; step < steps.count; step++) {
      if (budget.isDue) await budget.pause()
      let count = 0
      for (const { present, values } of columns) if (present[step] === 1) buffer[count++] = values[step] ?? 0
      if (count === 0) continue
      result.values[step] = reduce(buffer.subarray(0, count), step, param)
      result.present[step] = 1
    }
    return [result]
  }
}

/** An aggregation that takes column after column into one result. */
export function ofColumns(add: (column: Column, into: NewColumn) => void): Aggregation {
  return async ({ columns, labels }, _, { budget, steps }) => {
    const result = emptyColumn(labels, steps.count, budget)
    for (const column of columns) {
      if (budget.isDue) await budget.pause()
      add(column, result)
    }
    return [result]
  }
}
