// sum, avg, min, max.
import type { Column, NewColumn } from '../columns'
import { emptyColumn } from '../columns'
import { kahanMean } from '../kahan'
import type { Aggregation } from './group'
import { ofColumns, ofStep } from './group'

/** In the order of the columns, with Neumaier's compensation: kahanAdd, for all steps side by side. */
export const sum: Aggregation = async ({ columns, labels }, _, { budget, steps }) => {
  const total = emptyColumn(labels, steps.count)
  const compensation = new Float64Array(steps.count)
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    addCompensated(column, total, compensation)
  }
  return [{ ...total, values: total.values.map((value, step) => value + (compensation[step] ?? 0)) }]
}

function addCompensated({ present, values }: Column, total: NewColumn, compensation: Float64Array): void {
  for (let step = 0; step < values.length; step++) {
    if (present[step] !== 1) continue
    const value = values[step] ?? 0
    if (total.present[step] !== 1) {
      total.values[step] = value
      total.present[step] = 1
      continue
    }
    const before = total.values[step] ?? 0
    const after = before + value
    total.values[step] = after
    if (after === Number.POSITIVE_INFINITY || after === Number.NEGATIVE_INFINITY) compensation[step] = 0
    else {
      const lost = Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before
      compensation[step] = (compensation[step] ?? 0) + lost
    }
  }
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
