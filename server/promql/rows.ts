// What the labels of many rows have in common is computed once, and kept as long as the rows.
import { labelValue } from '../storage/matcher'
import type { Grouping } from './ast'
import type { Budget } from './budget'
import type { Rows } from './flat-vector'
import { forEachRow } from './flat-vector'
import {
  dropLabels,
  keepLabels,
  keyOn,
  LABELS_BYTES,
  labelsKey,
  metadataKey,
  nameLabel,
  withoutMetadata,
  withoutName,
} from './labels'

/** `groupOf[row]` is the row's place in `groups`, which stand in the order of their first rows. */
export type GroupedRows = { groups: Rows; groupOf: Uint32Array }

/** How many groupings of the same rows are remembered. */
const MAX_GROUPINGS = 8

const grouped = new WeakMap<Rows, Map<string, GroupedRows>>()
const nameless = new WeakMap<Rows, Rows>()
const distinct = new WeakMap<Rows, boolean>()
const counters = new WeakMap<Rows, boolean>()

export async function groupRows(rows: Rows, grouping: Grouping, budget: Budget): Promise<GroupedRows> {
  const key = JSON.stringify([grouping.without, ...grouping.labels])
  const known = grouped.get(rows)?.get(key)
  if (known) return known
  const anew = await groupAnew(rows, grouping, budget)
  const groupings = grouped.get(rows) ?? new Map<string, GroupedRows>()
  if (groupings.size >= MAX_GROUPINGS) groupings.clear()
  grouped.set(rows, groupings.set(key, anew))
  return anew
}

/** The rows without the metrics' names, types and units: for the same rows the same array. */
export async function withoutNames(rows: Rows, budget: Budget): Promise<Rows> {
  const known = nameless.get(rows)
  if (known) return known
  const anew: Rows[number][] = []
  await forEachRow(rows, budget, (row) => anew.push(withoutMetadata(rows[row] ?? {})))
  const meanwhile = nameless.get(rows) ?? anew
  nameless.set(rows, meanwhile)
  return meanwhile
}

export async function areDistinct(rows: Rows, budget: Budget): Promise<boolean> {
  const known = distinct.get(rows)
  if (known !== undefined) return known
  const keys = new Set<string>()
  await forEachRow(rows, budget, (row) => keys.add(labelsKey(rows[row] ?? {})))
  distinct.set(rows, keys.size === rows.length)
  return keys.size === rows.length
}

/** Whether all are series of one metric, type and unit, whose name says that it is a counter. */
export function areOneCounter(rows: Rows): boolean {
  const known = counters.get(rows)
  if (known !== undefined) return known
  const name = labelValue(rows[0] ?? {}, nameLabel)
  const metadata = metadataKey(rows[0] ?? {})
  const areOne = isCounterName(name) && rows.every((labels) => metadataKey(labels) === metadata)
  counters.set(rows, areOne)
  return areOne
}

/** Whether Prometheus takes it for a counter's: it gives the benefit of the doubt to what has no name. */
export function isCounterName(name: string): boolean {
  return name === '' || /_(total|sum|count|bucket)$/.test(name)
}

async function groupAnew(rows: Rows, { labels, without }: Grouping, budget: Budget): Promise<GroupedRows> {
  const groups: Rows[number][] = []
  budget.hold(rows.length * Uint32Array.BYTES_PER_ELEMENT)
  const groupOf = new Uint32Array(rows.length)
  const byKey = new Map<string, number>()
  await forEachRow(rows, budget, (row) => {
    const of = rows[row] ?? {}
    const kept = without ? dropLabels(withoutName(of), labels) : undefined
    const key = kept ? labelsKey(kept) : keyOn(of, labels)
    let group = byKey.get(key)
    if (group === undefined) {
      budget.hold(LABELS_BYTES)
      group = groups.push(kept ?? keepLabels(of, labels)) - 1
      byKey.set(key, group)
    }
    groupOf[row] = group
  })
  return { groups, groupOf }
}
