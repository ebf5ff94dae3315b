// The samples in memory: bounded by a retention, by a number of series and in bytes, selectable by label matchers. The age of
// a sample is relative to the newest timestamp that was ever appended, without skipped time.
import { formatBytes } from '../byte-size'
import { formatDuration } from '../duration'
import type { Labels } from '../exposition/snapshot'
import { atOnce } from '../slices'
import { variableName } from '../variable-name'
import { checkChunk } from './chunk/chunk'
import { labelValue } from './matcher'
import type { MemorySeries } from './memory-series'
import { readSeries } from './read-series'
import { RetentionClock } from './retention-clock'
import type { Selection } from './selection'
import { Selections } from './selections'
import type { Matcher, Series, StoredSeries } from './series'
import { SeriesTable } from './series-table'
import type { TsdbStatus } from './tsdb-status'
import { countPairs } from './tsdb-status'

/** Why a sample was refused. */
export type Refusal = 'seriesLimit' | 'memoryLimit' | 'tooOld' | 'tooFarAhead' | 'outOfOrder' | 'duplicate'

export type StorageStatus = {
  seriesCount: number
  /** Samples in memory, staleness markers and those that retention is about to drop included. */
  sampleCount: number
  /** Where the history begins, as exactly as the chunks tell. Undefined while it is empty, as is `newestMs`. */
  oldestMs: number | undefined
  newestMs: number | undefined
  /** Samples and staleness markers that were ever taken. */
  appendedSamples: number
  /** What the series take of the heap, as far as their labels tell, and the limit of that and of `chunkBytes`. */
  seriesBytes: number
  memoryLimitBytes: number
  /** How often the oldest samples were dropped before their time because chunks had reached that limit. */
  shortenings: number
  /** Series refused because of a limit. A caller's Labels object counts once, however often it comes. */
  droppedSeries: number
  /** How often time was skipped or the clock was set back, and how many samples that made samples of a time to come. */
  clockSteps: { forward: number; back: number; droppedSamples: number }
  /** Encoded chunks and those still open. */
  chunkCount: number
  /** What the encoded chunks take, without what is reserved for more. */
  chunkBytes: number
  /** Samples and staleness markers refused, by reason. */
  droppedSamples: Readonly<Record<Refusal, number>>
}

export type Storage = {
  /**
   * Adds a sample. `labels` hold `__name__`, and a label that is empty is no label; whoever hands the same object
   * again (unchanged) spares the look-up. The timestamp is in whole milliseconds. Returns whether the sample was
   * taken: it is refused, and counted, when it is not newer than the newest of its series (`outOfOrder`,
   * `duplicate`), older than the retention (`tooOld`), or of a new series past a limit (`seriesLimit`, `memoryLimit`).
   */
  append(labels: Labels, timestampMs: number, value: number): boolean
  /**
   * Says that the series ended here. Refused and counted like a sample; of a series without a sample within the
   * retention it means nothing, and nothing is counted.
   */
  markStale(labels: Labels, timestampMs: number): boolean
  /**
   * The samples from `fromMs` to `toMs`, both inclusive, within the retention, of the series that satisfy every
   * matcher, in the order in which the series began. Throws an Error where a regular expression is malformed or too
   * large, and RegexpLimitError where a label's value is too long for it.
   */
  select(matchers: readonly Matcher[], fromMs: number, toMs: number): Series[]
  /**
   * The same, found in small steps (`slices.ts`); each series is read when it is asked for, and what has aged out until
   * then is left out.
   */
  selectLazily(matchers: readonly Matcher[], fromMs: number, toMs: number): Generator<void, Iterable<Series>>
  /** The series themselves, those that may have samples in that time. They may hold more than the retention. */
  find(matchers: readonly Matcher[], fromMs: number, toMs: number): StoredSeries[]
  /** The series that satisfy every matcher, to be asked for single samples. In small steps; throws as `select` does. */
  held(matchers: readonly Matcher[]): Generator<void, Selection>
  /**
   * When the first sample is that is held of each metric, by its name, of the series that satisfy every matcher: at the
   * earliest where the retention begins. In small steps; throws as `select` does.
   */
  firstSamples(matchers: readonly Matcher[]): Generator<void, Map<string, number>>
  /** Where the retention begins: older samples are for nobody to see, though they may be held for a while. */
  horizonMs(): number
  /**
   * The labels of the series that may have samples in that time: as exactly as their chunks tell. In small steps, as
   * the next two; they throw as `select` does.
   */
  seriesLabels(matchers: readonly Matcher[], fromMs: number, toMs: number): Generator<void, Labels[]>
  /** The names of their labels, in no particular order. */
  labelNames(matchers: readonly Matcher[], fromMs: number, toMs: number): Generator<void, string[]>
  /** The values that one of their labels has, in no particular order. */
  labelValues(name: string, matchers: readonly Matcher[], fromMs: number, toMs: number): Generator<void, string[]>
  /**
   * Takes chunks that `encodeChunk` made, in the order of time, as history from before what is held of the series. What is
   * too old, or of a time that is held already, is left out; a new series past the limit is refused and counted. Returns
   * how many samples came in. Throws an Error where a chunk is none.
   */
  adopt(labels: Labels, chunks: readonly Uint8Array[]): number
  /**
   * Nobody could append between these instants: the machine slept, or its clock was set forward. That time makes no
   * sample old.
   */
  skip(fromMs: number, toMs: number): void
  /** The clock was set back to that time: later samples are dropped and counted, and appending goes on from there. */
  setBack(nowMs: number): void
  /** Counts a sample that was not appended because it says that it is from too far ahead: `tooFarAhead`. */
  refuseAhead(): void
  /** Counts samples whose target has more series than there is room for: `memoryLimit`. */
  refuseForMemory(samples: number): void
  /** How many series there are of a target, and how much room for more. Some series come first (`isFirst`). */
  roomFor(target: Labels): { heldSeries: number; freeBytes: number; isFirst: boolean }
  /** Tells what happens from now on. Returns the function that ends it. */
  watch(watcher: StorageWatcher): () => void
  status(): StorageStatus
  /** Where the series come from; of each list, the `limit` largest. It looks at all series and labels, in steps. */
  tsdbStatus(limit?: number): Generator<void, TsdbStatus>
}

export type StorageWatcher = {
  /** The clock was set back: all samples later than that are gone. */
  setBack(nowMs: number): void
}

/** How often, as a part of the retention, all series are looked through for chunks that are too old. */
const SWEEPS_PER_RETENTION = 60
/** A series is looked at for tens of nanoseconds, and a little longer where its chunks have to tell. */
const SERIES_PER_STEP = 256

export type StorageOptions = {
  retentionMs: number
  seriesLimit: number
  /** The limit is for the series that agree in these labels; by default for all together. */
  limitPer?: readonly string[]
  /** What all series may take together, and their complete chunks as much again; by default there is no limit. */
  memoryLimitBytes?: number
  /** Series with these labels come first: they take the places of others where there is no memory for both. */
  first?: Labels
  /** Hears, once each, that series were refused for want of memory, and that samples were dropped for it. */
  log?: (message: string) => void
}

/** Where chunks take too much, this part of the time that is held goes at once: it takes as long as dropping little. */
const SHORTENED_PART = 1 / 8

/**
 * Holds at most `seriesLimit` series, and of each the samples of `retentionMs` before the newest of all, or of less time
 * where the memory isn't enough. Whole chunks are dropped, so the memory may hold a chunk's and a sweep's worth more than
 * readers see.
 */
export function createStorage({
  retentionMs,
  seriesLimit,
  limitPer = [],
  memoryLimitBytes = Number.POSITIVE_INFINITY,
  first,
  log = () => {},
}: StorageOptions): Storage {
  const table = new SeriesTable({ seriesLimit, limitPer, memoryLimitBytes, first })
  const clock = new RetentionClock(retentionMs)
  const selections = new Selections(table, () => clock.horizonMs)
  const watchers = new Set<StorageWatcher>()
  const refusedLabels = new WeakSet<Labels>()
  const droppedSamples: Record<Refusal, number> = {
    seriesLimit: 0,
    memoryLimit: 0,
    tooOld: 0,
    tooFarAhead: 0,
    outOfOrder: 0,
    duplicate: 0,
  }
  const clockSteps = { forward: 0, back: 0, droppedSamples: 0 }
  let droppedSeries = 0
  let shortenings = 0
  const told = new Set<string>()
  let sampleCount = 0
  let appendedSamples = 0
  let sweptAtMs = Number.NEGATIVE_INFINITY

  function write(labels: Labels, timestampMs: number, value: number, isStale: boolean): boolean {
    requireWholeMs(timestampMs)
    advanceTo(timestampMs)
    if (timestampMs < clock.horizonMs) return refuse('tooOld')
    const series = table.find(labels) ?? create(labels)
    if (typeof series === 'string') return refuse(series)
    if (timestampMs < series.newestMs) return refuse('outOfOrder')
    if (timestampMs === series.newestMs) return refuse('duplicate')
    series.append(timestampMs, value, isStale)
    sampleCount++
    appendedSamples++
    if (table.log.chunkBytes > memoryLimitBytes) shorten()
    return true
  }

  function markStale(labels: Labels, timestampMs: number): boolean {
    const series = table.find(labels)
    const isRemembered = series !== undefined && series.newestMs >= clock.horizonAt(timestampMs)
    return isRemembered && write(labels, timestampMs, Number.NaN, true)
  }

  function refuse(reason: Refusal, count = 1): false {
    droppedSamples[reason] += count
    return false
  }

  function advanceTo(timestampMs: number): void {
    if (timestampMs <= clock.newestMs) return
    clock.advanceTo(timestampMs)
    if (timestampMs - sweptAtMs >= retentionMs / SWEEPS_PER_RETENTION) sweep()
  }

  function sweep(): void {
    sweptAtMs = clock.newestMs
    sampleCount -= table.dropBefore(clock.horizonMs)
  }

  /** Chunks take too much: the oldest go before their time. */
  function shorten(): void {
    while (table.log.chunkBytes > memoryLimitBytes) {
      let oldestMs = clock.newestMs
      for (const series of table.index) oldestMs = Math.min(oldestMs, series.oldestMs)
      oldestMs = Math.max(oldestMs, clock.horizonMs)
      if (oldestMs === clock.newestMs) break
      clock.shorten(oldestMs + Math.ceil((clock.newestMs - oldestMs) * SHORTENED_PART))
      sweep()
      shortenings++
    }
    const span = formatDuration(Math.round((clock.newestMs - clock.horizonMs) / 1000) * 1000)
    tell(
      'shortened',
      () =>
        `the samples of ${span} take ${words()}: older ones are dropped before ${variableName('RETENTION')} is over.`,
    )
  }

  function tell(what: string, message: () => string): void {
    if (!told.has(what)) log(message())
    told.add(what)
  }

  const words = () => `all of ${variableName('SERIES_MEMORY')} (${formatBytes(memoryLimitBytes)})`

  /**
   * Before a series is refused, those whose samples all aged out give up their places, and to one that comes first also
   * those that don't.
   */
  function create(labels: Labels): MemorySeries | Refusal {
    let full = table.fullFor(labels)
    if (full !== undefined && sweptAtMs < clock.newestMs) {
      sweep()
      full = table.fullFor(labels)
    }
    if (full === 'memoryLimit') {
      tell(
        'full',
        () => `${table.index.size} series take ${words()}: new ones are refused, those of other targets first.`,
      )
      if (table.comesFirst(labels)) {
        sampleCount -= table.makeRoomFor(labels)
        full = table.fullFor(labels)
      }
    }
    if (full === undefined) return table.create(labels)
    if (!refusedLabels.has(labels)) droppedSeries++
    refusedLabels.add(labels)
    return full
  }

  function adopt(labels: Labels, chunks: readonly Uint8Array[]): number {
    const summaries = chunks.map(checkChunk)
    const newest = summaries.at(-1)
    if (newest === undefined) return 0
    advanceTo(newest.lastMs)
    const isWanted = ({ lastMs }: { lastMs: number }) => lastMs >= clock.horizonMs
    if (!summaries.some(isWanted)) return 0
    const series = table.find(labels) ?? create(labels)
    if (typeof series === 'string') {
      const wanted = summaries.filter(isWanted)
      refuse(
        series,
        wanted.reduce((sum, chunk) => sum + chunk.sampleCount, 0),
      )
      return 0
    }
    const heldBefore = sampleCount
    for (let i = chunks.length - 1; i >= 0; i--) {
      const [chunk, summary] = [chunks[i], summaries[i]]
      if (chunk && summary && isWanted(summary)) sampleCount += series.prepend(chunk)
    }
    const adopted = sampleCount - heldBefore
    if (table.log.chunkBytes > memoryLimitBytes) shorten()
    return adopted
  }

  function setBack(nowMs: number): void {
    requireWholeMs(nowMs)
    if (nowMs >= clock.newestMs) return
    clockSteps.back++
    const cut = table.cutAfter(nowMs)
    selections.forget()
    clockSteps.droppedSamples += cut
    sampleCount -= cut
    clock.setBack(nowMs)
    sweptAtMs = Math.min(sweptAtMs, nowMs)
    for (const watcher of watchers) watcher.setBack(nowMs)
  }

  function* find(matchers: readonly Matcher[], fromMs: number, toMs: number): Generator<void, MemorySeries[]> {
    const start = Math.max(fromMs, clock.horizonMs)
    return yield* table.index.select(matchers, (series) => series.hasBetween(start, toMs))
  }

  function* selectLazily(
    matchers: readonly Matcher[],
    fromMs: number,
    toMs: number,
  ): Generator<void, Iterable<Series>> {
    const found = yield* table.index.select(matchers)
    return readSeries(found, Math.max(fromMs, clock.horizonMs), toMs)
  }

  function status(): StorageStatus {
    let oldestMs = Number.POSITIVE_INFINITY
    let chunkCount = 0
    for (const series of table.index) {
      oldestMs = Math.min(oldestMs, series.oldestMs)
      chunkCount += series.chunkCount
    }
    const isEmpty = table.index.size === 0
    return {
      seriesCount: table.index.size,
      sampleCount,
      oldestMs: isEmpty ? undefined : Math.max(oldestMs, clock.horizonMs),
      newestMs: isEmpty ? undefined : clock.newestMs,
      appendedSamples,
      seriesBytes: table.bytes,
      memoryLimitBytes,
      shortenings,
      droppedSeries,
      droppedSamples: { ...droppedSamples },
      clockSteps: { ...clockSteps },
      chunkCount,
      chunkBytes: table.log.chunkBytes,
    }
  }

  return {
    append: (labels, timestampMs, value) => write(labels, timestampMs, value, false),
    markStale,
    select: (...question) => [...atOnce(selectLazily(...question))],
    selectLazily,
    find: (...question) => atOnce(find(...question)),
    held: (matchers) => selections.of(matchers),
    horizonMs: () => clock.horizonMs,
    *seriesLabels(...question) {
      return (yield* find(...question)).map(({ labels }) => labels)
    },
    *labelNames(...question) {
      const names = new Set<string>()
      yield* visit(yield* find(...question), ({ labels }) => {
        for (const name of Object.keys(labels)) names.add(name)
      })
      return [...names]
    },
    *labelValues(name, ...question) {
      const values = new Set<string>()
      yield* visit(yield* find(...question), ({ labels }) => values.add(labelValue(labels, name)))
      values.delete('')
      return [...values]
    },
    *firstSamples(matchers) {
      const { horizonMs } = clock
      const first = new Map<string, number>()
      yield* visit(yield* find(matchers, horizonMs, Number.POSITIVE_INFINITY), ({ labels, oldestMs }) => {
        const name = labelValue(labels, '__name__')
        first.set(name, Math.min(first.get(name) ?? Number.POSITIVE_INFINITY, Math.max(oldestMs, horizonMs)))
      })
      return first
    },
    adopt,
    skip: (fromMs, toMs) => {
      if (toMs <= fromMs) return
      clockSteps.forward++
      clock.skip(fromMs, toMs)
    },
    setBack,
    refuseAhead: () => {
      refuse('tooFarAhead')
    },
    refuseForMemory: (samples) => {
      refuse('memoryLimit', samples)
    },
    roomFor: (target) => ({
      heldSeries: table.heldWith(target),
      freeBytes: table.freeBytesFor(target),
      isFirst: table.comesFirst(target),
    }),
    watch: (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    status,
    *tsdbStatus(limit = 10) {
      const { seriesCount, chunkCount, oldestMs, newestMs } = status()
      const { numLabelPairs, ...lists } = yield* countPairs(table.index.pairs(), limit)
      return {
        headStats: { numSeries: seriesCount, numLabelPairs, chunkCount, minTime: oldestMs, maxTime: newestMs },
        ...lists,
      }
    },
  }
}

function* visit(all: readonly MemorySeries[], look: (series: MemorySeries) => void): Generator<void, void> {
  for (let start = 0; start < all.length; start += SERIES_PER_STEP) {
    yield
    all.slice(start, start + SERIES_PER_STEP).forEach(look)
  }
}

function requireWholeMs(timestampMs: number): void {
  if (!Number.isSafeInteger(timestampMs)) {
    throw new RangeError(`expected a timestamp in whole milliseconds, got ${timestampMs}`)
  }
}
