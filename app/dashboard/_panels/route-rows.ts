// From the columns that PromQL answers to the rows of the route table, and their order.
import type { LiveSeries } from '../_live/live-board'

export const COLUMNS = ['Rate', '5xx', 'p50', 'p95', 'p99', 'Total'] as const
export type Column = (typeof COLUMNS)[number]

/** `values` are the newest of each column; null where the column has none for this route. */
export type RouteRow = { key: string; method: string; route: string; values: Record<Column, number | null> }

export type Order = { by: Column | 'Route'; isDescending: boolean }

/** Where nobody has chosen another one. */
const DEFAULT_ORDER: Order = { by: 'Rate', isDescending: true }

/** As the URL has it: `-p95` has the largest first, `route` the first of the alphabet. What is no column is the default. */
export function parseOrder(text: string | undefined): Order {
  const [, minus, name] = /^(-?)(.+)$/.exec(text ?? '') ?? []
  const by = [...COLUMNS, 'Route' as const].find((column) => column.toLowerCase() === name)
  return by === undefined ? DEFAULT_ORDER : { by, isDescending: minus === '-' }
}

/** Undefined for the default. */
export function toOrderText({ by, isDescending }: Order): string | undefined {
  const isDefault = by === DEFAULT_ORDER.by && isDescending === DEFAULT_ORDER.isDescending
  return isDefault ? undefined : `${isDescending ? '-' : ''}${by.toLowerCase()}`
}

/** One row for each method and route that any column knows. */
export function toRouteRows(columns: Readonly<Record<Column, readonly LiveSeries[]>>): RouteRow[] {
  const rows = new Map<string, RouteRow>()
  for (const column of COLUMNS) {
    for (const { labels, values } of columns[column]) {
      const newest = values.at(-1) ?? null
      if (newest === null) continue
      const { method = '', route = '' } = labels
      const key = `${method} ${route}`
      const row = rows.get(key) ?? { key, method, route, values: emptyValues() }
      row.values[column] = newest
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}

/** A new array in that order; what has no number comes last either way, and equal rows stand by name. */
export function sortRows(rows: readonly RouteRow[], { by, isDescending }: Order): RouteRow[] {
  const sign = isDescending ? -1 : 1
  return [...rows].sort((a, b) => {
    const name = a.route < b.route ? -1 : a.route > b.route ? 1 : a.method < b.method ? -1 : 1
    if (by === 'Route') return sign * name
    const [left, right] = [a.values[by] ?? Number.NaN, b.values[by] ?? Number.NaN]
    if (Number.isNaN(left) || Number.isNaN(right))
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || name
    return sign * (left - right) || name
  })
}

/** Whether any of its answers in the range was a 5xx. */
export const isFailing = ({ values }: RouteRow): boolean => (values['5xx'] ?? 0) > 0

/** The first `count` rows, and of the others those that fail: no failure waits behind a button. */
export function pickRows(sorted: readonly RouteRow[], count: number): RouteRow[] {
  return sorted.filter((row, place) => place < count || isFailing(row))
}

const emptyValues = (): RouteRow['values'] => ({
  Rate: null,
  '5xx': null,
  p50: null,
  p95: null,
  p99: null,
  Total: null,
})
