// Values of an expression for all steps of a range at once: one column for each series.
import type { Labels } from '../exposition/snapshot'
import { labelValue } from '../storage/matcher'
import { labelsKey, nameLabel, withoutName } from './labels'
import { PromqlError } from './promql-error'

/** The instants of an evaluation: startMs + i * stepMs for i below `count`. */
export type Steps = { startMs: number; stepMs: number; count: number }

/**
 * One series of an instant vector at every step; `values[i]` means something where `present[i]` is 1. No two columns of
 * a vector have equal labels. A column belongs to whoever asked for it, who may change it in place.
 */
export type Column = { labels: Labels; values: Float64Array; present: Uint8Array }

export function emptyColumn(labels: Labels, count: number): Column {
  return { labels, values: new Float64Array(count), present: new Uint8Array(count) }
}

/** A column that is present at every step. */
export function fullColumn(labels: Labels, values: Float64Array): Column {
  return { labels, values, present: new Uint8Array(values.length).fill(1) }
}

export function isPresent(column: Column): boolean {
  return column.present.includes(1)
}

export function stepTimes({ startMs, stepMs, count }: Steps): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => startMs + step * stepMs)
}

/** What an operator or function left of a vector once the metric name means nothing any more. */
export function dropNames(columns: Column[], resolveEqual: (columns: Column[]) => Column[] = mergeEqual): Column[] {
  const first = columns[0]
  if (!first) return columns
  const name = labelValue(first.labels, nameLabel)
  const isOneMetric = columns.every((column) => labelValue(column.labels, nameLabel) === name)
  for (const column of columns) column.labels = withoutName(column.labels)
  return isOneMetric ? columns : resolveEqual(columns)
}

/**
 * Joins columns with equal labels that are never present at the same step, as Prometheus does where it evaluates step
 * by step. Throws PromqlError when two are.
 */
export function mergeEqual(columns: Column[]): Column[] {
  return unique(columns, (into, column) => {
    for (let step = 0; step < column.present.length; step++) {
      if (column.present[step] !== 1) continue
      if (into.present[step] === 1) throw sameLabelset()
      into.present[step] = 1
      into.values[step] = column.values[step] ?? 0
    }
  })
}

/** Where Prometheus evaluates series by series, equal labels are an error even if they never meet at a step. */
export function refuseEqual(columns: Column[]): Column[] {
  return unique(columns, () => {
    throw sameLabelset()
  })
}

/** Columns whose labels have the same key, in their order. */
export function groupByKey(columns: Column[], keyOf: (labels: Labels) => string): Map<string, Column[]> {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const key = keyOf(column.labels)
    const group = groups.get(key)
    if (group) group.push(column)
    else groups.set(key, [column])
  }
  return groups
}

function unique(columns: Column[], onEqual: (into: Column, column: Column) => void): Column[] {
  const byKey = new Map<string, Column>()
  for (const column of columns) {
    const key = labelsKey(column.labels)
    const into = byKey.get(key)
    if (into) onEqual(into, column)
    else byKey.set(key, column)
  }
  return byKey.size === columns.length ? columns : [...byKey.values()]
}

function sameLabelset(): PromqlError {
  return new PromqlError('vector cannot contain metrics with the same labelset', 0, 0)
}
