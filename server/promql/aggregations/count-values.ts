// count_values: how often each value occurs, as a label.

import type { NewColumn } from '../columns'
import { emptyColumn } from '../columns'
import { quoteText } from '../go-quote'
import { LABELS_BYTES, withLabel } from '../labels'
import { PromqlError } from '../promql-error'
import type { Aggregation } from './group'

export const countValues: Aggregation = async ({ columns, labels }, { text }, { budget, steps }) => {
  if (text === '') throw new PromqlError(`invalid label name ${quoteText(text)}`, 0, 0)
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

/** Go's FormatFloat(value, 'f', -1, 64): the shortest digits that say the value, never with an exponent. */
function formatPlain(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  if (exponent === undefined) return String(value)
  const shift = Number(exponent)
  const digits = whole + fraction
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - whole.length)}${digits}`
  return sign + digits.padEnd(whole.length + shift, '0')
}
