// and, or, unless: which elements of two vectors stay, at each step, by the labels that are matched.
import type { Labels } from '../exposition/snapshot'
import type { Budget } from './budget'
import type { Column } from './columns'
import { columnBytes, filterable, isPresent, mergeEqual } from './columns'

/** The part of a label set that decides whether two elements match. */
export type KeyOf = (labels: Labels) => string

type Columns = readonly Column[]

/** Elements of `left` that have a match in `right`. */
export function intersect(left: Columns, right: Columns, keyOf: KeyOf, budget: Budget): Promise<Columns> {
  return keepWhere(left, right, keyOf, 1, budget)
}

/** Elements of `left` that have no match in `right`. */
export function subtract(left: Columns, right: Columns, keyOf: KeyOf, budget: Budget): Promise<Columns> {
  return keepWhere(left, right, keyOf, 0, budget)
}

/** All of `left`, and the elements of `right` that have no match in it. */
export async function unite(left: Columns, right: Columns, keyOf: KeyOf, budget: Budget): Promise<Columns> {
  return mergeEqual([...left, ...(await subtract(right, left, keyOf, budget))], budget)
}

async function keepWhere(columns: Columns, others: Columns, keyOf: KeyOf, wanted: 0 | 1, budget: Budget) {
  const presence = new Map<string, Uint8Array>()
  for (const { labels, present } of others) {
    if (budget.isDue) await budget.pause()
    const key = keyOf(labels)
    const known = presence.get(key)
    if (!known) {
      budget.holdColumns(columnBytes(1, 0) + present.length)
      presence.set(key, present.slice())
    } else for (let step = 0; step < present.length; step++) known[step] = (known[step] ?? 0) | (present[step] ?? 0)
  }
  const kept: Column[] = []
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    const matched = presence.get(keyOf(column.labels))
    const result = filterable(column, budget)
    for (let step = 0; step < result.present.length; step++) {
      if ((matched?.[step] ?? 0) !== wanted) result.present[step] = 0
    }
    if (isPresent(result)) kept.push(result)
  }
  return kept
}
