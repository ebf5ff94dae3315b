// The series that a storage holds, found by their labels and bounded in number and in memory.
import { labelsKey } from '../exposition/labels-key'
import { bytesOfSeries } from '../exposition/series-bytes'
import type { Labels } from '../exposition/snapshot'
import { ChunkLog } from './chunk-log'
import { labelValue } from './matcher'
import { MemorySeries } from './memory-series'
import { SeriesIndex } from './series-index'

export type TableLimits = {
  /** For the series that agree in the labels `limitPer`: for all together where there are none. */
  seriesLimit: number
  limitPer: readonly string[]
  /** Of all series together, without their chunks. */
  memoryLimitBytes: number
  /** Series with these labels come first; where it is undefined, none does. */
  first: Labels | undefined
}

/** Where others have to go, this part of the limit is freed at once: it takes as long as freeing one place. */
const FREED_PART = 1 / 32

export class SeriesTable {
  /** The encoded chunks of all series. */
  readonly log = new ChunkLog()
  readonly #limits: TableLimits
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
  /** What the series take, without their chunks, and what those take of it that come first. */
  #bytes = 0
  #firstBytes = 0

  constructor(limits: TableLimits) {
    this.#limits = limits
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Which limit leaves no place for a series of these labels; undefined where there is one. */
  fullFor(labels: Labels): 'seriesLimit' | 'memoryLimit' | undefined {
    if (this.heldWith(labels) >= this.#limits.seriesLimit) return 'seriesLimit'
    return this.#bytes + bytesOfSeries(labels) > this.#limits.memoryLimitBytes ? 'memoryLimit' : undefined
  }

  /** How many series share the limit of these labels. */
  heldWith(labels: Labels): number {
    return this.#sharing.get(this.#limitKey(labels)) ?? 0
  }

  comesFirst(labels: Labels): boolean {
    const { first } = this.#limits
    return first !== undefined && Object.entries(first).every(([name, value]) => labelValue(labels, name) === value)
  }

  /** What series of these labels may take yet; those that come first may have the places of all others. */
  freeBytesFor(labels: Labels): number {
    const taken = this.comesFirst(labels) ? this.#firstBytes : this.#bytes
    return Math.max(0, this.#limits.memoryLimitBytes - taken)
  }

  /** Drops series that don't come first, the newest before the others, until these labels fit. Returns the samples dropped. */
  makeRoomFor(labels: Labels): number {
    const { memoryLimitBytes } = this.#limits
    const missing = this.#bytes + bytesOfSeries(labels) - memoryLimitBytes
    let wanted = Math.max(missing, memoryLimitBytes * FREED_PART)
    const dropped = new Set<MemorySeries>()
    for (const series of [...this.index].reverse()) {
      if (wanted <= 0) break
      if (this.comesFirst(series.labels)) continue
      dropped.add(series)
      wanted -= bytesOfSeries(series.labels)
    }
    return this.#drop((series) => (dropped.has(series) ? series.dropBefore(Number.POSITIVE_INFINITY) : 0))
  }

  find(labels: Labels): MemorySeries | undefined {
    const known = this.#byLabels.get(labels)
    // An empty series was dropped, and another may have taken its labels.
    if (known !== undefined && !known.isEmpty) return known
    const found = this.#byKey.get(labelsKey(labels))
    if (found !== undefined) this.#byLabels.set(labels, found)
    return found
  }

  /** Adds the series of labels that `find` doesn't know. It must not be full for them. */
  create(labels: Labels): MemorySeries {
    const own = Object.freeze(Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')))
    const series = new MemorySeries(this.#createdCount++, this.#freeSlots.pop() ?? this.index.size, own, this.log)
    this.index.add(series)
    this.version++
    this.#byKey.set(labelsKey(own), series)
    this.#byLabels.set(labels, series)
    this.#count(own, 1)
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
    const bytes = change * bytesOfSeries(labels)
    this.#bytes += bytes
    if (this.comesFirst(labels)) this.#firstBytes += bytes
  }

  #limitKey(labels: Labels): string {
    return JSON.stringify(this.#limits.limitPer.map((name) => labelValue(labels, name)))
  }
}
