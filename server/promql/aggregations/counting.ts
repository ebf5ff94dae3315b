// count and group: how many elements there are, and whether there is any.
import { emptyColumn } from '../columns'
import type { Aggregation } from './group'

export const count: Aggregation = ({ columns, labels }, steps) => {
  const counts = emptyColumn(labels, steps)
  for (const { present } of columns) {
    for (let step = 0; step < steps; step++) {
      if (present[step] !== 1) continue
      counts.values[step] = (counts.values[step] ?? 0) + 1
      counts.present[step] = 1
    }
  }
  return [counts]
}

export const group: Aggregation = (columns, steps, param) => {
  const counts = count(columns, steps, param)
  for (const { values } of counts) values.fill(1)
  return counts
}
