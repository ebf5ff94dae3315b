// The pure core of the live board: what has been told so far, and what one more event makes of it.
import type { Labels } from '@/server/exposition/snapshot'
import type { LiveError, LiveEvent } from '@/server/trpc/live-event'
import type { LiveSeries } from './live-board'
import { fromWire } from './wire-value'

type Name = { query: number; key: string; labels: Labels }

export type LivePoints = {
  timesMs: readonly number[]
  /** By the number of the query, then by the series' key. */
  queries: ReadonlyMap<number, ReadonlyMap<string, LiveSeries>>
  errors: ReadonlyMap<number, LiveError>
  /** What the current stream calls its series. */
  names: ReadonlyMap<number, Name>
}

export const NO_POINTS: LivePoints = { timesMs: [], queries: new Map(), errors: new Map(), names: new Map() }

/**
 * The points after one event: new instants are appended, the last one is replaced if it lay between two steps, and
 * what is older than the range is forgotten. A series without any value left is dropped.
 */
export function applyEvent(before: LivePoints, event: LiveEvent, rangeMs: number, stepMs: number): LivePoints {
  const base = event.isReset ? NO_POINTS : before
  const names = new Map(base.names)
  for (const { id, query, labels } of event.named) names.set(id, { query, labels, key: keyOf(labels) })

  const [from, to] = keptPart(base.timesMs, event.timesMs, rangeMs, stepMs)
  const gapBefore = new Array<null>(to - from).fill(null)
  const gapNow = new Array<null>(event.timesMs.length).fill(null)

  const queries = new Map<number, Map<string, LiveSeries>>()
  const put = (query: number, row: LiveSeries) => {
    const rows = queries.get(query) ?? new Map<string, LiveSeries>()
    queries.set(query, rows.set(row.key, row))
  }
  for (const { id, points } of event.values) {
    const name = names.get(id)
    if (!name) continue
    const { query, key, labels } = name
    const head = base.queries.get(query)?.get(key)?.values.slice(from, to) ?? gapBefore
    put(query, { key, labels, values: [...head, ...points.map((value) => (value === null ? null : fromWire(value)))] })
  }
  for (const [query, rows] of base.queries) {
    for (const { key, labels, values } of rows.values()) {
      if (queries.get(query)?.has(key)) continue
      const head = values.slice(from, to)
      if (head.some((value) => value !== null)) put(query, { key, labels, values: [...head, ...gapNow] })
    }
  }
  return {
    timesMs: [...base.timesMs.slice(from, to), ...event.timesMs],
    queries,
    errors: new Map(event.errors.map((error) => [error.query, error])),
    names,
  }
}

/** The points as one event that makes them out of nothing, and the same names, so that the stream's next event follows it. */
export function toHistory({ timesMs, queries, errors, names }: LivePoints): LiveEvent {
  const named: LiveEvent['named'] = []
  const values: LiveEvent['values'] = []
  const tell = (id: number, query: number, { labels, values: points }: LiveSeries) => {
    named.push({ id, query, labels })
    values.push({ id, points })
  }
  const unnamed = new Map([...queries].map(([query, rows]) => [query, new Map(rows)]))
  for (const [id, { query, key, labels }] of names) {
    const row = unnamed.get(query)?.get(key)
    if (row === undefined) named.push({ id, query, labels })
    else tell(id, query, row)
    unnamed.get(query)?.delete(key)
  }
  // What only an earlier stream has named, under a number that no stream gives.
  let id = -1
  for (const [query, rows] of unnamed) for (const row of rows.values()) tell(id--, query, row)
  return { isReset: true, timesMs: [...timesMs], named, values, errors: [...errors.values()] }
}

/** Which of the old instants stay, as [from, to): none out of range, none told anew, none off the grid. */
function keptPart(old: readonly number[], added: readonly number[], rangeMs: number, stepMs: number): [number, number] {
  const oldestMs = (added.at(-1) ?? old.at(-1) ?? 0) - rangeMs
  const firstAddedMs = added[0] ?? Number.POSITIVE_INFINITY
  const from = old.findIndex((tMs) => tMs > oldestMs)
  if (from === -1) return [0, 0]
  const isKept = (tMs: number) => tMs < firstAddedMs && tMs % stepMs === 0
  return [from, Math.max(from, old.findLastIndex(isKept) + 1)]
}

const keyOf = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort())
