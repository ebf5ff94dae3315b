// The memory of samples: bounded by a retention and by a number of series, selectable by label matchers.
// Time is what the samples say: everything is old or new relative to the newest timestamp that was ever appended.
import type { Labels } from '../exposition/snapshot'
import { labelValue } from './matcher'
import type { MemorySeries } from './memory-series'
import { readSeries } from './read-series'
import type { Matcher, Series } from './series'
import { SeriesTable } from './series-table'

/** Why a sample was refused. */
export type Refusal = 'seriesLimit' | 'tooOld' | 'outOfOrder' | 'duplicate'

export type StorageStatus = {
  seriesCount: number
  /** Samples in memory, staleness markers and those that retention is about to drop included. */
  sampleCount: number
  /** Where the history begins, as exactly as the chunks tell. Undefined while it is empty, as is `newestMs`. */
  oldestMs: number | undefined
  newestMs: number | undefined
  /** Series refused because of the limit. A caller's Labels object counts once, however often it comes. */
  droppedSeries: number
  /** Samples and staleness markers refused, by reason. */
  droppedSamples: Readonly<Record<Refusal, number>>
}

export type Storage = {
  /**
   * Adds a sample. `labels` hold `__name__`, and a label that is empty is no label; whoever hands the same object
   * again (unchanged) spares the look-up. The timestamp is in whole milliseconds. Returns whether the sample was
   * taken: it is refused, and counted, when it is not newer than the newest of its series (`outOfOrder`,
   * `duplicate`), older than the retention (`tooOld`), or of a new series past the limit (`seriesLimit`).
   */
  append(labels: Labels, timestampMs: number, value: number): boolean
  /**
   * Says that the series ended here. Refused and counted like a sample; of a series without a sample within the
   * retention it means nothing, and nothing is counted.
   */
  markStale(labels: Labels, timestampMs: number): boolean
  /**
   * The samples from `fromMs` to `toMs`, both inclusive, within the retention, of the series that satisfy every
   * matcher, in the order in which the series began. Throws an Error where a regular expression is malformed.
   */
  select(matchers: readonly Matcher[], fromMs: number, toMs: number): Series[]
  /** The labels of the series that may have samples in that time: as exactly as their chunks tell. */
  seriesLabels(matchers: readonly Matcher[], fromMs: number, toMs: number): Labels[]
  /** The names of their labels, sorted. */
  labelNames(matchers: readonly Matcher[], fromMs: number, toMs: number): string[]
  /** The values that one of their labels has, sorted. */
  labelValues(name: string, matchers: readonly Matcher[], fromMs: number, toMs: number): string[]
  status(): StorageStatus
}

/** How often, as a part of the retention, all series are looked through for chunks that are too old. */
const SWEEPS_PER_RETENTION = 60

export type StorageOptions = {
  retentionMs: number
  seriesLimit: number
  /** The limit is for the series that agree in these labels; by default for all together. */
  limitPer?: readonly string[]
}

/**
 * Holds at most `seriesLimit` series, and of each the samples of `retentionMs` before the newest of all. Whole chunks
 * are dropped, so the memory may hold a chunk's and a sweep's worth more than readers see.
 */
export function createStorage({ retentionMs, seriesLimit, limitPer = [] }: StorageOptions): Storage {
  const table = new SeriesTable(seriesLimit, limitPer)
  const refusedLabels = new WeakSet<Labels>()
  const droppedSamples: Record<Refusal, number> = { seriesLimit: 0, tooOld: 0, outOfOrder: 0, duplicate: 0 }
  let droppedSeries = 0
  let sampleCount = 0
  let newestMs = Number.NEGATIVE_INFINITY
  let sweptAtMs = Number.NEGATIVE_INFINITY

  const oldestAllowedMs = () => newestMs - retentionMs

  function write(labels: Labels, timestampMs: number, value: number, isStale: boolean): boolean {
    advanceTo(timestampMs)
    if (timestampMs < oldestAllowedMs()) return refuse('tooOld')
    const series = table.find(labels) ?? create(labels)
    if (series === undefined) return refuse('seriesLimit')
    if (timestampMs < series.newestMs) return refuse('outOfOrder')
    if (timestampMs === series.newestMs) return refuse('duplicate')
    series.append(timestampMs, value, isStale)
    sampleCount++
    return true
  }

  function markStale(labels: Labels, timestampMs: number): boolean {
    const series = table.find(labels)
    const isRemembered = series !== undefined && series.newestMs >= Math.max(newestMs, timestampMs) - retentionMs
    return isRemembered && write(labels, timestampMs, Number.NaN, true)
  }

  function refuse(reason: Refusal): false {
    droppedSamples[reason]++
    return false
  }

  function advanceTo(timestampMs: number): void {
    if (!Number.isSafeInteger(timestampMs)) {
      throw new RangeError(`expected a timestamp in whole milliseconds, got ${timestampMs}`)
    }
    if (timestampMs <= newestMs) return
    newestMs = timestampMs
    if (newestMs - sweptAtMs >= retentionMs / SWEEPS_PER_RETENTION) sweep()
  }

  function sweep(): void {
    sweptAtMs = newestMs
    sampleCount -= table.dropBefore(oldestAllowedMs())
  }

  /** Before a series is refused, those whose samples all aged out give up their places. */
  function create(labels: Labels): MemorySeries | undefined {
    if (table.isFullFor(labels) && sweptAtMs < newestMs) sweep()
    const created = table.create(labels)
    if (created === undefined && !refusedLabels.has(labels)) {
      refusedLabels.add(labels)
      droppedSeries++
    }
    return created
  }

  function seriesLabels(matchers: readonly Matcher[], fromMs: number, toMs: number): Labels[] {
    const start = Math.max(fromMs, oldestAllowedMs())
    const found = table.select(matchers).filter((series) => series.chunksBetween(start, toMs).length > 0)
    return found.map(({ labels }) => labels)
  }

  return {
    append: (labels, timestampMs, value) => write(labels, timestampMs, value, false),
    markStale,
    select: (matchers, fromMs, toMs) => readSeries(table.select(matchers), Math.max(fromMs, oldestAllowedMs()), toMs),
    seriesLabels,
    labelNames: (matchers, fromMs, toMs) => sortedSet(seriesLabels(matchers, fromMs, toMs).flatMap(Object.keys)),
    labelValues: (name, matchers, fromMs, toMs) => {
      const values = seriesLabels(matchers, fromMs, toMs).map((labels) => labelValue(labels, name))
      return sortedSet(values.filter((value) => value !== ''))
    },
    status: () => {
      let oldestMs = Number.POSITIVE_INFINITY
      for (const series of table) oldestMs = Math.min(oldestMs, series.oldestMs)
      const isEmpty = table.size === 0
      return {
        seriesCount: table.size,
        sampleCount,
        oldestMs: isEmpty ? undefined : Math.max(oldestMs, oldestAllowedMs()),
        newestMs: isEmpty ? undefined : newestMs,
        droppedSeries,
        droppedSamples: { ...droppedSamples },
      }
    },
  }
}

function sortedSet(texts: string[]): string[] {
  return [...new Set(texts)].sort()
}
