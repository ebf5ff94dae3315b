// Lays PromQL's answers out by series, with one place for each instant: what charts draw and events carry.

import { labelsKey } from '../exposition/labels-key'
import type { Labels } from '../exposition/snapshot'
import { PromqlError } from '../promql/promql-error'
import type { Matrix, Value } from '../promql/value'

/** `values` are aligned with the instants asked for; null is a gap. `key` is equal for equal labels. */
export type LiveColumn = { key: string; labels: Labels; values: (number | null)[] }

export function createColumns(timesMs: readonly number[]) {
  const places = new Map(timesMs.map((tMs, place) => [tMs, place]))
  const columns = new Map<string, LiveColumn>()

  const columnOf = (labels: Labels): LiveColumn => {
    const key = labelsKey(labels)
    const known = columns.get(key)
    if (known) return known
    const column: LiveColumn = { key, labels, values: timesMs.map(() => null) }
    columns.set(key, column)
    return column
  }
  const put = (column: LiveColumn, tMs: number, value: number) => {
    const place = places.get(tMs)
    if (place !== undefined) column.values[place] = value
  }
  return {
    addMatrix(matrix: Matrix): void {
      for (const { labels, points } of matrix.series) {
        const column = columnOf(labels)
        for (const [tMs, value] of points) put(column, tMs, value)
      }
    },
    /** Throws PromqlError for what can't be drawn: a range vector or a string. */
    addInstant(value: Value, atMs: number): void {
      if (value.type === 'scalar') put(columnOf({}), atMs, value.value)
      else if (value.type === 'vector') for (const s of value.series) put(columnOf(s.labels), atMs, s.value)
      else throw new PromqlError(`expected an instant vector or a scalar to draw, got a ${value.type}`, 0, 0)
    },
    series: (): LiveColumn[] => [...columns.values()],
  }
}
