// The series that a storage holds, found by their labels and bounded in number.
import { labelsKey } from '../exposition/labels-key'
import type { Labels } from '../exposition/snapshot'
import { ChunkLog } from './chunk-log'
import { labelValue } from './matcher'
import { MemorySeries } from './memory-series'
import { SeriesIndex } from './series-index'

export class SeriesTable {
  /** The encoded chunks of all series. */
  readonly log = new ChunkLog()
  readonly #limit: number
  readonly #limitPer: readonly string[]
  /** How many series there are of those that share a limit. */
  readonly #sharing = new Map<string, number>()
  /** Who wants to know which series there are asks it. */
  readonly index = new SeriesIndex()
  readonly #byKey = new Map<string, MemorySeries>()
  /** A key takes longer to make than all else, so a caller's own object is remembered as long as the caller does. */
  readonly #byLabels = new WeakMap<Labels, MemorySeries>()
  #createdCount = 0
  readonly #freeSlots: number[] = []
  /** Changes whenever a series begins or ends. */
  version = 0

  /** The limit is for the series that agree in the labels `limitPer`: for all together where there are none. */
  constructor(limit: number, limitPer: readonly string[]) {
    this.#limit = limit
    this.#limitPer = limitPer
  }

  /** Whether there is no place for another series that shares the limit of these labels. */
  isFullFor(labels: Labels): boolean {
    return (this.#sharing.get(this.#limitKey(labels)) ?? 0) >= this.#limit
  }

  find(labels: Labels): MemorySeries | undefined {
    const known = this.#byLabels.get(labels)
    // An empty series was dropped, and another may have taken its labels.
    if (known !== undefined && !known.isEmpty) return known
    const found = this.#byKey.get(labelsKey(labels))
    if (found !== undefined) this.#byLabels.set(labels, found)
    return found
  }

  /** Adds the series of labels that `find` doesn't know. Undefined if it is full for them. */
  create(labels: Labels): MemorySeries | undefined {
    if (this.isFullFor(labels)) return undefined
    const own = Object.freeze(Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')))
    const series = new MemorySeries(this.#createdCount++, this.#freeSlots.pop() ?? this.index.size, own, this.log)
    this.index.add(series)
    this.version++
    this.#byKey.set(labelsKey(own), series)
    this.#byLabels.set(labels, series)
    this.#count(labels, 1)
    return series
  }

  /** Drops the chunks wholly older than `keepFromMs`, and the series that are then empty. Returns the samples dropped. */
  dropBefore(keepFromMs: number): number {
    return this.#drop((series) => series.dropBefore(keepFromMs))
  }

  /** Drops what is newer than that, and the series that are then empty. Returns the samples dropped. */
  cutAfter(newestMs: number): number {
    return this.#drop((series) => series.cutAfter(newestMs))
  }

  #drop(dropFrom: (series: MemorySeries) => number): number {
    let dropped = 0
    const emptied: MemorySeries[] = []
    for (const series of this.index) {
      dropped += dropFrom(series)
      if (series.isEmpty) emptied.push(series)
    }
    if (emptied.length === 0) return dropped
    this.version++
    this.index.delete(emptied)
    for (const { labels, slot } of emptied) {
      this.#freeSlots.push(slot)
      this.#byKey.delete(labelsKey(labels))
      this.#count(labels, -1)
    }
    return dropped
  }

  #count(labels: Labels, change: 1 | -1): void {
    const key = this.#limitKey(labels)
    const count = (this.#sharing.get(key) ?? 0) + change
    if (count > 0) this.#sharing.set(key, count)
    else this.#sharing.delete(key)
  }

  #limitKey(labels: Labels): string {
    return JSON.stringify(this.#limitPer.map((name) => labelValue(labels, name)))
  }
}
