// The newest exemplars of all series, in a ring: the oldest is overwritten, as in Prometheus's exemplar storage.
import { labelsKey } from '../exposition/labels-key'
import type { Exemplar, Labels } from '../exposition/snapshot'
import { satisfiesAny } from './matcher'
import type { Matcher } from './series'

/** What OpenMetrics allows the labels of an exemplar to have, names and values together, in code points. */
const LONGEST_LABELS = 128

export type StoredExemplar = Required<Exemplar>
export type ExemplarSeries = { labels: Labels; exemplars: StoredExemplar[] }

export type ExemplarStorage = {
  /**
   * Adds the exemplar of a series, at `timestampMs` unless it has a time of its own. Returns whether it was taken: one
   * that the series had already (a scrape brings them again and again), that is older than its newest, or whose labels
   * are too long is not.
   */
  append(labels: Labels, exemplar: Exemplar, timestampMs: number): boolean
  /** The clock was set back: exemplars later than that are dropped, and others of that time will come. */
  setBack(newestMs: number): void
  /**
   * Of the series that satisfy every matcher of one of the selectors, those from `fromMs` to `toMs`, in order of time. In
   * small steps (`slices.ts`). Throws an Error where a regular expression is malformed or too large, and RegexpLimitError
   * where a label's value is too long for it.
   */
  select(selectors: readonly (readonly Matcher[])[], fromMs: number, toMs: number): Generator<void, ExemplarSeries[]>
}

/** `held` says how many places of the ring are this series's. */
type Entry = { labels: Labels; newest: Exemplar; newestMs: number; held: number }
type Place = { entry: Entry; exemplar: StoredExemplar }

/** Holds at most `capacity` exemplars. */
export function createExemplarStorage(capacity: number): ExemplarStorage {
  let ring: Place[] = []
  const byKey = new Map<string, Entry>()
  const byLabels = new WeakMap<Labels, Entry>()
  let next = 0

  function find(labels: Labels): Entry | undefined {
    const known = byLabels.get(labels)
    if (known !== undefined && known.held > 0) return known
    const found = byKey.get(labelsKey(labels))
    if (found !== undefined) byLabels.set(labels, found)
    return found
  }

  function put(place: Place): void {
    const oldest = ring[next]
    ring[next] = place
    next = (next + 1) % capacity
    place.entry.held++
    if (oldest === undefined) return
    oldest.entry.held--
    if (oldest.entry.held === 0) byKey.delete(labelsKey(oldest.entry.labels))
  }

  /** The oldest first. */
  const inOrder = () => [...ring.slice(next), ...ring.slice(0, next)]

  function append(labels: Labels, exemplar: Exemplar, timestampMs: number): boolean {
    const atMs = exemplar.timestampMs ?? timestampMs
    const known = find(labels)
    if (known !== undefined && (atMs < known.newestMs || isSame(known.newest, exemplar))) return false
    if (lengthOf(exemplar.labels) > LONGEST_LABELS) return false
    const entry = known ?? { labels, newest: exemplar, newestMs: atMs, held: 0 }
    entry.newest = exemplar
    entry.newestMs = atMs
    if (known === undefined) {
      byKey.set(labelsKey(labels), entry)
      byLabels.set(labels, entry)
    }
    put({ entry, exemplar: { ...exemplar, timestampMs: atMs } })
    return true
  }

  return {
    append,

    setBack(newestMs) {
      const kept = inOrder().filter(({ exemplar }) => exemplar.timestampMs <= newestMs)
      ring = []
      next = 0
      for (const entry of byKey.values()) entry.held = 0
      byKey.clear()
      for (const { entry, exemplar } of kept) append(entry.labels, exemplar, exemplar.timestampMs)
    },

    *select(selectors, fromMs, toMs) {
      const chosen = new Map<Entry, ExemplarSeries | undefined>()
      for (const { entry, exemplar } of inOrder()) {
        if (exemplar.timestampMs < fromMs || exemplar.timestampMs > toMs) continue
        if (!chosen.has(entry)) {
          const isChosen = yield* satisfiesAny(entry.labels, selectors)
          chosen.set(entry, isChosen ? { labels: entry.labels, exemplars: [] } : undefined)
        }
        chosen.get(entry)?.exemplars.push(exemplar)
      }
      return [...chosen.values()].filter((series) => series !== undefined)
    },
  }
}

/** One without a time of its own is the same as long as its labels and its value are. */
function isSame(a: Exemplar, b: Exemplar): boolean {
  return a.timestampMs === b.timestampMs && Object.is(a.value, b.value) && labelsKey(a.labels) === labelsKey(b.labels)
}

function lengthOf(labels: Labels): number {
  let length = 0
  for (const [name, value] of Object.entries(labels)) length += [...name].length + [...value].length
  return length
}
