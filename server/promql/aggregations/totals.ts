// sum, avg, min, max.
import { emptyColumn } from '../columns'
import { kahanMean } from '../kahan'
import type { Aggregation } from './group'
import { ofStep } from './group'

/** In the order of the columns, with Neumaier's compensation: kahanAdd, for all steps side by side. */
export const sum: Aggregation = ({ columns, labels }, steps) => {
  const total = emptyColumn(labels, steps)
  const compensation = new Float64Array(steps)
  for (const { present, values } of columns) {
    for (let step = 0; step < steps; step++) {
      if (present[step] !== 1) continue
      const value = values[step] ?? 0
      const before = total.values[step] ?? 0
      const after = before + value
      if (total.present[step] !== 1) {
        total.values[step] = value
        total.present[step] = 1
        continue
      }
      total.values[step] = after
      if (after === Number.POSITIVE_INFINITY || after === Number.NEGATIVE_INFINITY) compensation[step] = 0
      else {
        const lost = Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before
        compensation[step] = (compensation[step] ?? 0) + lost
      }
    }
  }
  for (let step = 0; step < steps; step++) total.values[step] = (total.values[step] ?? 0) + (compensation[step] ?? 0)
  return [total]
}

export const average = ofStep((values) => kahanMean(values.length, (i) => values[i] ?? 0))

export const min = picking((value, best) => value < best)
export const max = picking((value, best) => value > best)

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
