// Values of an expression for all steps of a range at once: one column for each series.
import type { Labels } from '../exposition/snapshot'
import type { Budget } from './budget'
import { labelsKey, metadataKey, withoutMetadata } from './labels'
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

/** Measured: two small arrays and the object around them. */
const COLUMN_OVERHEAD_BYTES = 512

/** What `columns` columns of `steps` steps each take. */
export function columnBytes(columns: number, steps: number): number {
  return columns * (COLUMN_OVERHEAD_BYTES + steps * (Float64Array.BYTES_PER_ELEMENT + 1))
}

/** Throws PromqlError where the budget has no memory for it, as all that make columns do. */
export function emptyColumn(labels: Labels, count: number, budget: Budget): NewColumn {
  budget.holdColumns(columnBytes(1, count))
  return { labels, values: new Float64Array(count), present: new Uint8Array(count) }
}

/** Makes column after column: the one that nothing came of serves as the next. */
export class ColumnMaker {
  #last: NewColumn | undefined

  constructor(
    private readonly count: number,
    private readonly budget: Budget,
  ) {}

  next(labels: Labels): NewColumn {
    const last = this.#last
    this.#last = last && !isPresent(last) ? { ...last, labels } : emptyColumn(labels, this.count, this.budget)
    return this.#last
  }
}

/** A column that is present at every step. */
export function fullColumn(labels: Labels, values: Values): Column {
  return { labels, values, present: new Uint8Array(values.length).fill(1) }
}

/** The column with marks of its own, for whoever takes some of them away. */
export function filterable(column: Column, budget: Budget): Column & { readonly present: Uint8Array } {
  budget.holdColumns(columnBytes(1, 0) + column.present.length)
  return { ...column, present: column.present.slice() }
}

export async function filterables(columns: readonly Column[], budget: Budget) {
  const all: ReturnType<typeof filterable>[] = []
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    all.push(filterable(column, budget))
  }
  return all
}

export function isPresent(column: Column): boolean {
  return column.present.includes(1)
}

export function stepTimes({ startMs, stepMs, count }: Steps): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => startMs + step * stepMs)
}

/** What an operator or function left of a vector once the metric name means nothing any more. */
export async function dropNames(columns: readonly Column[], budget: Budget): Promise<readonly Column[]> {
  const first = columns[0]
  if (!first) return columns
  const names = metadataKey(first.labels)
  const nameless: Column[] = []
  let isOneMetric = true
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    isOneMetric &&= metadataKey(column.labels) === names
    nameless.push({ ...column, labels: withoutMetadata(column.labels) })
  }
  return isOneMetric ? nameless : mergeEqual(nameless, budget)
}

/**
 * Joins columns with equal labels that are never present at the same step. Throws PromqlError when two are. That functions
 * over windows, relabelling and the unary minus join them too is as of Prometheus 3.9: before, equal labels were an error
 * there even if they never met at a step.
 */
export async function mergeEqual(columns: readonly Column[], budget: Budget): Promise<readonly Column[]> {
  const byKey = new Map<string, Column>()
  const joined = new Map<string, NewColumn>()
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    const key = labelsKey(column.labels)
    const known = byKey.get(key)
    if (known === undefined) {
      byKey.set(key, column)
      continue
    }
    const into = joined.get(key) ?? copyOf(known, budget)
    joinInto(into, column)
    joined.set(key, into)
    byKey.set(key, into)
  }
  return byKey.size === columns.length ? columns : [...byKey.values()]
}

function joinInto(joined: NewColumn, column: Column): void {
  for (let step = 0; step < column.present.length; step++) {
    if (column.present[step] !== 1) continue
    if (joined.present[step] === 1) {
      throw new PromqlError('vector cannot contain metrics with the same labelset', 0, 0)
    }
    joined.present[step] = 1
    joined.values[step] = column.values[step] ?? 0
  }
}

/** Columns whose labels have the same key, in their order. */
export async function groupByKey(
  columns: readonly Column[],
  keyOf: (labels: Labels) => string,
  budget: Budget,
): Promise<Map<string, Column[]>> {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    const key = keyOf(column.labels)
    const group = groups.get(key)
    if (group) group.push(column)
    else groups.set(key, [column])
  }
  return groups
}

function copyOf({ labels, present, values }: Column, budget: Budget): NewColumn {
  budget.holdColumns(columnBytes(1, values.length))
  return { labels, values: values.slice(), present: present.slice() }
}
