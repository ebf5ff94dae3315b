// What is told about each part of an expression: its value, how large it is, and what it cost.
import type { Labels } from '../exposition/snapshot'
import type { Expr, ValueType } from './ast'
import type { Budget } from './budget'
import type { Column, Marks, Values } from './columns'
import { isMetadataLabel, labelNames } from './labels'

/** Of an expression: more are refused. */
export const MAX_EXPLAINED_NODES = 100
/** Of the values, labels and names that are told of all parts together: each may have an equal share. */
const MAX_EXPLAINED_BYTES = 1024 ** 2
/** Of a part: series whose values are told, label names, and values of each label. */
const MAX_SHOWN_SERIES = 10
const MAX_SHOWN_LABELS = 12
const MAX_TOP_VALUES = 3
/** Of a label's value that is told as one of the most frequent, in characters. */
const MAX_VALUE_LENGTH = 80
/** Of an error, in characters: Prometheus names whole label sets. */
const MAX_ERROR_LENGTH = 500
/** What counting a label's value takes. */
const COUNTED_VALUE_BYTES = 64
/** Of a number and of a label as text, beside the label's own characters. */
const NUMBER_BYTES = 8
const LABEL_BYTES = 6

/** A label: how many values it has among the series, and the most frequent of them. */
export type ExplainedLabel = { name: string; values: number; top: { value: string; series: number }[] }

/** A series' value at every step of the query; `present` is 1 where there is one. */
export type ExplainedSeries = { labels: Labels; values: Values; present: Marks }

/** What is said of a value, whoever has evaluated it. `shown` are its first series, `labels` those with most values. */
export type Described = { series: number; labels: ExplainedLabel[]; shown: ExplainedSeries[] }

/** A part of an expression. */
export type ExplainedNode = {
  kind: Expr['kind']
  type: ValueType
  /** As Prometheus prints it. */
  text: string
  /** Where it stands in the expression (UTF-16 offsets, `to` exclusive). */
  from: number
  to: number
  /**
   * The steps at which it is evaluated: the query's, one for all of them (below `@`), those of the subquery around it, or
   * none, as for texts.
   */
  steps: 'query' | 'once' | 'subquery' | 'none'
  /** Absent where it was not evaluated. A scalar is one series without labels. */
  described?: Described | undefined
  /** The samples that the part reads and makes, its own parts included; absent where the source doesn't say. */
  samples?: number | undefined
  /**
   * Without its parts, and with them. A range of samples has no time of its own: the function around it reads them.
   * Absent where nothing was measured.
   */
  ownMs?: number | undefined
  totalMs?: number | undefined
  /** In Prometheus's words: it can't be evaluated, or one of its parts can't. */
  error?: string | undefined
  children: ExplainedNode[]
}

/** `remarks` are Prometheus's warnings and infos on the whole. */
export type Explained = { root: ExplainedNode; stepTimesMs: Float64Array; remarks: string[] }

/**
 * Describes an instant vector. `columns` are its series; of those that are told, `toShown` makes what the query's steps
 * have. `nodes` is how many parts share the bytes. Throws PromqlError past the budget.
 */
export async function describeSeries<T extends { labels: Labels }>(
  series: readonly T[],
  nodes: number,
  budget: Budget,
  toShown: ((one: T) => Column) | undefined,
): Promise<Described> {
  let room = Math.floor(MAX_EXPLAINED_BYTES / nodes)
  const labels = await countLabels(series, budget)
  for (const { name, top } of labels) for (const { value } of top) room -= name.length + value.length + LABEL_BYTES
  const shown: ExplainedSeries[] = []
  for (const one of toShown ? series.slice(0, MAX_SHOWN_SERIES) : []) {
    const column = toShown?.(one)
    if (!column) break
    room -= NUMBER_BYTES * column.values.length + textBytes(column.labels)
    if (room < 0) break
    shown.push(column)
  }
  return { series: series.length, labels, shown }
}

function textBytes(labels: Labels): number {
  return Object.entries(labels).reduce((sum, [name, value]) => sum + name.length + value.length + LABEL_BYTES, 0)
}

async function countLabels(series: readonly { labels: Labels }[], budget: Budget): Promise<ExplainedLabel[]> {
  const counts = new Map<string, Map<string, number>>()
  for (const { labels } of series) {
    if (budget.isDue) await budget.pause()
    for (const name of labelNames(labels)) {
      const ofName = counts.get(name) ?? new Map<string, number>()
      counts.set(name, ofName)
      const value = labels[name] ?? ''
      const known = ofName.get(value)
      if (known === undefined) budget.hold(COUNTED_VALUE_BYTES)
      ofName.set(value, (known ?? 0) + 1)
    }
  }
  const bySize = [...counts].sort(([a, ofA], [b, ofB]) => rank(b, ofB) - rank(a, ofA))
  return bySize.slice(0, MAX_SHOWN_LABELS).map(([name, ofName]) => ({ name, values: ofName.size, top: topOf(ofName) }))
}

/** The metric's name first, then what tells most series apart. */
function rank(name: string, ofName: ReadonlyMap<string, number>): number {
  return isMetadataLabel(name) ? Number.POSITIVE_INFINITY : ofName.size
}

function topOf(counts: ReadonlyMap<string, number>): ExplainedLabel['top'] {
  const top: ExplainedLabel['top'] = []
  for (const [value, series] of counts) {
    const place = top.findIndex((other) => other.series < series)
    if (place < 0 && top.length >= MAX_TOP_VALUES) continue
    top.splice(place < 0 ? top.length : place, 0, { value, series })
    top.length = Math.min(top.length, MAX_TOP_VALUES)
  }
  return top.map(({ value, series }) => ({ value: shortened(value), series }))
}

/** The words of a part's error. */
export function errorWords({ message }: Error): string {
  return shortened(message, MAX_ERROR_LENGTH)
}

function shortened(value: string, length = MAX_VALUE_LENGTH): string {
  return value.length <= length ? value : `${value.slice(0, length)}…`
}
