// count_values: how often each value occurs, as a label.

import type { NewColumn } from '../columns'
import { emptyColumn } from '../columns'
import { formatPlain } from '../go-float'
import { LABELS_BYTES, withLabel } from '../labels'
import type { Aggregation } from './group'

export const countValues: Aggregation = async ({ columns, labels }, { text }, { budget, steps }) => {
  const counts = new Map<string, NewColumn>()
  for (const { present, values } of columns) {
    if (budget.isDue) await budget.pause()
    for (let step = 0; step < steps.count; step++) {
      if (present[step] !== 1) continue
      const value = formatPlain(values[step] ?? 0)
      let column = counts.get(value)
      if (!column) {
        budget.hold(LABELS_BYTES)
        column = emptyColumn(withLabel(labels, text, value), steps.count, budget)
        counts.set(value, column)
      }
      column.values[step] = (column.values[step] ?? 0) + 1
      column.present[step] = 1
    }
  }
  return [...counts.values()]
}
