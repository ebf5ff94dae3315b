// sum, avg, min, max.
import type { Grouping } from '../ast'
import { emptyColumn } from '../columns'
import type { Evaluation } from '../evaluation'
import { FlatVector, flatArrays, forEachRow } from '../flat-vector'
import { kahanMean } from '../kahan'
import { groupRows } from '../rows'
import type { Aggregation } from './group'
import { ofColumns, ofStep } from './group'

/** In the order of the columns, with Neumaier's compensation: kahanAdd, for all steps side by side. */
export const sum: Aggregation = async ({ columns, labels }, _, { budget, steps }) => {
  const total = emptyColumn(labels, steps.count, budget)
  const compensation = new Float64Array(steps.count)
  for (const { present, values } of columns) {
    if (budget.isDue) await budget.pause()
    for (let step = 0; step < values.length; step++) {
      if (present[step] === 1) addCompensated(values[step] ?? 0, total, compensation, step)
    }
  }
  return [{ ...total, values: compensated(total.values, compensation) }]
}

/** The same in the order of the rows, for all groups side by side. */
export async function flatSum(vector: FlatVector, grouping: Grouping, { budget }: Evaluation): Promise<FlatVector> {
  const { present, rows, values } = vector
  const { groupOf, groups } = await groupRows(rows, grouping, budget)
  const total = flatArrays(groups.length, budget)
  const compensation = new Float64Array(groups.length)
  await forEachRow(rows, budget, (row) => {
    if (present[row] === 1) addCompensated(values[row] ?? 0, total, compensation, groupOf[row] ?? 0)
  })
  return new FlatVector(groups, compensated(total.values, compensation), total.present)
}

type Totals = { values: Float64Array; present: Uint8Array }

function addCompensated(value: number, { present, values }: Totals, compensation: Float64Array, at: number): void {
  if (present[at] !== 1) {
    values[at] = value
    present[at] = 1
    return
  }
  const before = values[at] ?? 0
  const after = before + value
  values[at] = after
  if (after === Number.POSITIVE_INFINITY || after === Number.NEGATIVE_INFINITY) compensation[at] = 0
  else {
    const lost = Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before
    compensation[at] = (compensation[at] ?? 0) + lost
  }
}

function compensated(values: Float64Array, compensation: Float64Array): Float64Array {
  return values.map((value, i) => value + (compensation[i] ?? 0))
}

export const average = ofStep((values) => kahanMean(values.length, (i) => values[i] ?? 0))

export const min = picking((value, best) => value < best)
export const max = picking((value, best) => value > best)

/** The value that is better than all others; NaN only where there is nothing else. */
function picking(isBetter: (value: number, best: number) => boolean): Aggregation {
  return ofColumns(({ present, values }, into) => {
    for (let step = 0; step < values.length; step++) {
      if (present[step] !== 1) continue
      const value = values[step] ?? 0
      const best = into.values[step] ?? 0
      if (into.present[step] === 1 && !isBetter(value, best) && !Number.isNaN(best)) continue
      into.values[step] = value
      into.present[step] = 1
    }
  })
}
