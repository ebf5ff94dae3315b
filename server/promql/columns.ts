// Values of an expression for all steps of a range at once: one column for each series.
import type { Labels } from '../exposition/snapshot'
import { labelValue } from '../storage/matcher'
import { labelsKey, nameLabel, withoutName } from './labels'
import { PromqlError } from './promql-error'

/** The instants of an evaluation: startMs + i * stepMs for i below `count`. */
export type Steps = { startMs: number; stepMs: number; count: number }

type Changing = 'buffer' | 'copyWithin' | 'fill' | 'reverse' | 'set' | 'sort' | 'subarray'
/** Numbers at each step, and marks (0 or 1) at each step, to be read only. */
export type Values = Readonly<Omit<Float64Array, Changing>>
export type Marks = Readonly<Omit<Uint8Array, Changing>>

/**
 * One series of an instant vector at every step; `values[i]` means something where `present[i]` is 1. No two columns of
 * a vector have equal labels. Nobody changes a column that is finished: it may be part of several answers.
 */
export type Column = { readonly labels: Labels; readonly values: Values; readonly present: Marks }

/** A column while it is made. */
export type NewColumn = { readonly labels: Labels; readonly values: Float64Array; readonly present: Uint8Array }

export function emptyColumn(labels: Labels, count: number): NewColumn {
  return { labels, values: new Float64Array(count), present: new Uint8Array(count) }
}

/** A column that is present at every step. */
export function fullColumn(labels: Labels, values: Values): Column {
  return { labels, values, present: new Uint8Array(values.length).fill(1) }
}

/** The column with marks of its own, for whoever takes some of them away. */
export function filterable(column: Column): Column & { readonly present: Uint8Array } {
  return { ...column, present: column.present.slice() }
}

export function isPresent(column: Column): boolean {
  return column.present.includes(1)
}

export function stepTimes({ startMs, stepMs, count }: Steps): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => startMs + step * stepMs)
}

/** What an operator or function left of a vector once the metric name means nothing any more. */
export function dropNames(
  columns: readonly Column[],
  resolveEqual: (columns: readonly Column[]) => readonly Column[] = mergeEqual,
): readonly Column[] {
  const first = columns[0]
  if (!first) return columns
  const name = labelValue(first.labels, nameLabel)
  const isOneMetric = columns.every((column) => labelValue(column.labels, nameLabel) === name)
  const nameless = columns.map((column) => ({ ...column, labels: withoutName(column.labels) }))
  return isOneMetric ? nameless : resolveEqual(nameless)
}

/**
 * Joins columns with equal labels that are never present at the same step, as Prometheus does where it evaluates step
 * by step. Throws PromqlError when two are.
 */
export function mergeEqual(columns: readonly Column[]): readonly Column[] {
  return unique(columns, (known, column) => {
    const joined = { labels: known.labels, values: known.values.slice(), present: known.present.slice() }
    for (let step = 0; step < column.present.length; step++) {
      if (column.present[step] !== 1) continue
      if (joined.present[step] === 1) throw sameLabelset()
      joined.present[step] = 1
      joined.values[step] = column.values[step] ?? 0
    }
    return joined
  })
}

/** Where Prometheus evaluates series by series, equal labels are an error even if they never meet at a step. */
export function refuseEqual(columns: readonly Column[]): readonly Column[] {
  return unique(columns, () => {
    throw sameLabelset()
  })
}

/** Columns whose labels have the same key, in their order. */
export function groupByKey(columns: readonly Column[], keyOf: (labels: Labels) => string): Map<string, Column[]> {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const key = keyOf(column.labels)
    const group = groups.get(key)
    if (group) group.push(column)
    else groups.set(key, [column])
  }
  return groups
}

function unique(columns: readonly Column[], join: (known: Column, column: Column) => Column): readonly Column[] {
  const byKey = new Map<string, Column>()
  for (const column of columns) {
    const key = labelsKey(column.labels)
    const known = byKey.get(key)
    byKey.set(key, known ? join(known, column) : column)
  }
  return byKey.size === columns.length ? columns : [...byKey.values()]
}

function sameLabelset(): PromqlError {
  return new PromqlError('vector cannot contain metrics with the same labelset', 0, 0)
}
