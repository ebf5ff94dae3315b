// The table of aggregations: what each makes of one group of columns.

import type { Labels } from '../exposition/snapshot'
import type { AggregateOp } from './ast'
import type { Column } from './columns'
import { emptyColumn } from './columns'
import { kahanMean } from './kahan'
import { higherIsWorse, keepBest, lowerIsWorse } from './ranking'

/** Columns that are aggregated together, and the labels of what comes out. */
export type Group = { labels: Labels; columns: Column[] }

/** `numbers` is the parameter at each step, `text` the one of count_values. */
export type AggregateParam = { numbers: Float64Array; text: string }

export type Aggregation = (group: Group, steps: number, param: AggregateParam) => Column[]

export const aggregations: Readonly<Partial<Record<AggregateOp, Aggregation>>> = {
  sum: ({ columns, labels }, steps) => [kahanColumn(columns, labels, steps).total],
  avg: averageColumn,
  min: picking((value, best) => value < best),
  max: picking((value, best) => value > best),
  topk: ({ columns }, _, { numbers }) => keepBest(columns, numbers, lowerIsWorse),
  bottomk: ({ columns }, _, { numbers }) => keepBest(columns, numbers, higherIsWorse),
  count: ({ columns, labels }, steps) => [countColumn(columns, labels, steps)],
}

function countColumn(columns: Column[], labels: Labels, steps: number): Column {
  const counts = emptyColumn(labels, steps)
  for (const { present } of columns) {
    for (let step = 0; step < steps; step++) {
      if (present[step] !== 1) continue
      counts.values[step] = (counts.values[step] ?? 0) + 1
      counts.present[step] = 1
    }
  }
  return counts
}

/** Sums in the order of the columns, with Neumaier's compensation: kahanAdd, for all steps side by side. */
function kahanColumn(columns: Column[], labels: Labels, steps: number) {
  const total = emptyColumn(labels, steps)
  const compensation = new Float64Array(steps)
  for (const { present, values } of columns) {
    for (let step = 0; step < steps; step++) {
      if (present[step] !== 1) continue
      const value = values[step] ?? 0
      if (total.present[step] !== 1) {
        total.values[step] = value
        total.present[step] = 1
        continue
      }
      const sum = total.values[step] ?? 0
      const next = sum + value
      if (next === Number.POSITIVE_INFINITY || next === Number.NEGATIVE_INFINITY) compensation[step] = 0
      else {
        const lost = Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
        compensation[step] = (compensation[step] ?? 0) + lost
      }
      total.values[step] = next
    }
  }
  for (let step = 0; step < steps; step++) total.values[step] = (total.values[step] ?? 0) + (compensation[step] ?? 0)
  return { total, compensation }
}

function averageColumn({ columns, labels }: Group, steps: number): Column[] {
  const average = emptyColumn(labels, steps)
  for (let step = 0; step < steps; step++) {
    const values = columns.filter(({ present }) => present[step] === 1).map((column) => column.values[step] ?? 0)
    if (values.length === 0) continue
    average.values[step] = kahanMean(values.length, (i) => values[i] ?? 0)
    average.present[step] = 1
  }
  return [average]
}

/** The value that is better than all others; NaN only where there is nothing else. */
function picking(isBetter: (value: number, best: number) => boolean): Aggregation {
  return ({ columns, labels }, steps) => {
    const best = emptyColumn(labels, steps)
    for (const { present, values } of columns) {
      for (let step = 0; step < steps; step++) {
        if (present[step] !== 1) continue
        const value = values[step] ?? 0
        const known = best.values[step] ?? 0
        if (best.present[step] === 1 && !isBetter(value, known) && !Number.isNaN(known)) continue
        best.values[step] = value
        best.present[step] = 1
      }
    }
    return [best]
  }
}
