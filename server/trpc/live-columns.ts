// Lays PromQL's answers out by series, with one place for each instant: what charts draw and events carry.
import { labelsKey } from '../exposition/labels-key'
import type { Labels } from '../exposition/snapshot'
import type { LiveResult, LiveValue } from './live-answer'

/** `values` are aligned with the instants asked for; null is a gap. `key` is equal for equal labels. */
export type LiveColumn = { key: string; labels: Labels; values: (number | null)[] }

/**
 * One column after the other, and undefined after a small step without one: there may be thousands. `timesMs` are the
 * instants asked for, of which the last is the newest.
 */
export function* columnsOf(
  { range, instant }: Exclude<LiveResult, { error: string }>,
  timesMs: readonly number[],
): Generator<LiveColumn | undefined, void> {
  const places = new Map(timesMs.map((tMs, place) => [tMs, place]))
  const newest = new Map<string, { labels: Labels; value: number }>()
  for (const one of seriesOf(instant)) {
    newest.set(labelsKey(one.labels), one)
    yield
  }
  for (const { labels, points } of range?.series ?? []) {
    const column = emptyColumn(labelsKey(labels), labels, timesMs)
    for (const [tMs, value] of points) {
      const place = places.get(tMs)
      if (place !== undefined) column.values[place] = value
    }
    const last = newest.get(column.key)
    if (last !== undefined) column.values[timesMs.length - 1] = last.value
    newest.delete(column.key)
    yield column
  }
  for (const [key, { labels, value }] of newest) {
    const column = emptyColumn(key, labels, timesMs)
    column.values[timesMs.length - 1] = value
    yield column
  }
}

function emptyColumn(key: string, labels: Labels, timesMs: readonly number[]): LiveColumn {
  return { key, labels, values: timesMs.map(() => null) }
}

function seriesOf(value: LiveValue | undefined): readonly { labels: Labels; value: number }[] {
  if (value === undefined) return []
  return value.type === 'scalar' ? [{ labels: {}, value: value.value }] : value.series
}
