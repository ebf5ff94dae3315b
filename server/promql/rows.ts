// What the labels of many rows have in common is found out once, and remembered as long as the rows are.
import { labelValue } from '../storage/matcher'
import type { Grouping } from './ast'
import type { Rows } from './flat-vector'
import { dropLabels, keepLabels, keyOn, labelsKey, nameLabel, withoutName } from './labels'

/** `groupOf[row]` is the row's place in `groups`, which stand in the order of their first rows. */
export type GroupedRows = { groups: Rows; groupOf: Uint32Array }

const grouped = new WeakMap<Rows, Map<string, GroupedRows>>()
const nameless = new WeakMap<Rows, Rows>()
const distinct = new WeakMap<Rows, boolean>()
const counters = new WeakMap<Rows, boolean>()

export function groupRows(rows: Rows, grouping: Grouping): GroupedRows {
  const known = grouped.get(rows) ?? new Map<string, GroupedRows>()
  grouped.set(rows, known)
  const key = JSON.stringify([grouping.without, ...grouping.labels])
  const found = known.get(key) ?? groupAnew(rows, grouping)
  known.set(key, found)
  return found
}

/** The rows without the metrics' names. */
export function withoutNames(rows: Rows): Rows {
  const known = nameless.get(rows) ?? rows.map(withoutName)
  nameless.set(rows, known)
  return known
}

export function areDistinct(rows: Rows): boolean {
  const known = distinct.get(rows) ?? new Set(rows.map(labelsKey)).size === rows.length
  distinct.set(rows, known)
  return known
}

/** Whether all of their names say that they are counters. */
export function areCounters(rows: Rows): boolean {
  const known = counters.get(rows) ?? rows.every((labels) => isCounterName(labelValue(labels, nameLabel)))
  counters.set(rows, known)
  return known
}

/** Whether Prometheus takes it for a counter's: it gives the benefit of the doubt to what has no name. */
export function isCounterName(name: string): boolean {
  return name === '' || /_(total|sum|count|bucket)$/.test(name)
}

function groupAnew(rows: Rows, { labels, without }: Grouping): GroupedRows {
  const groups: Rows[number][] = []
  const groupOf = new Uint32Array(rows.length)
  const byKey = new Map<string, number>()
  for (const [row, of] of rows.entries()) {
    const kept = without ? dropLabels(withoutName(of), labels) : undefined
    const key = kept ? labelsKey(kept) : keyOn(of, labels)
    let group = byKey.get(key)
    if (group === undefined) {
      group = groups.push(kept ?? keepLabels(of, labels)) - 1
      byKey.set(key, group)
    }
    groupOf[row] = group
  }
  return { groups, groupOf }
}
