// Scrapes one target: collects its snapshot, appends the samples, marks what is gone, and reports on the scrape.
import { unlessAborted, withDeadline } from '../deadline'
import type { Family, Labels, Sample, Snapshot } from '../exposition/snapshot'
import { logError } from '../log'
import { inSlices } from '../slices'
import type { ReadBefore } from './collect-failure'
import { CollectFailure } from './collect-failure'
import { beganAtZero, zeroMsFor } from './counter-start'
import { ScrapedSeries } from './scraped-series'
import type { Sink, Target, TargetStatus } from './target'

/**
 * A sample that claims to be from later than this after its scrape is left out: it would make everything else look old.
 * Prometheus allows 10 minutes, but the shortest retention here is 1.
 */
const AHEAD_LIMIT_MS = 60_000

export type TargetScraper = {
  /**
   * Scrapes once, and resolves to whether it did: not while an earlier scrape has not ended. All samples get the
   * timestamp `atMs`, unless they have their own. Once `isDropped` says true, nothing more is written: not even that
   * the target's series ended. Rejects only if the sink throws.
   */
  scrape(atMs: number, isDropped: () => boolean): Promise<boolean>
  /**
   * The target is gone: from now on nothing of it is written but that its series ended, and those of the reports on it.
   * Resolves when that is done. Rejects only if the sink throws.
   */
  end(isDropped: () => boolean): Promise<void>
  /** Writes `snapshot` as a scrape of that instant, at once and without a report on it: the process ends. */
  recordLast(snapshot: Snapshot, atMs: number): void
  status(): TargetStatus
  /** Of the last scrape that succeeded. */
  newestSnapshot(): Snapshot | undefined
}

export type TargetScraperOptions = {
  target: Target
  sink: Sink
}

export function createTargetScraper({ target, sink }: TargetScraperOptions): TargetScraper {
  const { job, instance, url, timeoutMs, labels: more = {} } = target
  const targetLabels: Labels = { ...more, job, instance }
  const series = new ScrapedSeries(targetLabels)
  const reported = (name: string): Labels => ({ __name__: name, ...targetLabels })
  const upLabels = reported('up')
  const durationLabels = reported('scrape_duration_seconds')
  const samplesLabels = reported('scrape_samples_scraped')
  const keptLabels = reported('scrape_samples_post_metric_relabeling')
  const addedLabels = reported('scrape_series_added')
  let underWay: Promise<void> | undefined
  let hasEnded = false
  let isCollecting = false
  let newest: Snapshot | undefined
  let status: TargetStatus = {
    job,
    instance,
    labels: more,
    url,
    timeoutMs,
    up: undefined,
    lastScrapeMs: undefined,
    lastUpMs: undefined,
    lastDurationSeconds: undefined,
    lastError: undefined,
    samples: 0,
  }

  async function scrape(atMs: number, isDropped: () => boolean): Promise<boolean> {
    if (underWay !== undefined || hasEnded) return false
    underWay = scrapeNow(atMs, () => hasEnded || isDropped())
    try {
      await underWay
    } finally {
      underWay = undefined
      target.settle?.()
    }
    return true
  }

  async function scrapeNow(atMs: number, isDropped: () => boolean): Promise<void> {
    const startedMs = performance.now()
    const result = await collectInTime().catch(asError)
    const durationSeconds = (performance.now() - startedMs) / 1000
    if (!isDropped()) await record(atMs, result, durationSeconds, isDropped)
  }

  async function end(isDropped: () => boolean): Promise<void> {
    hasEnded = true
    await underWay?.catch(() => {})
    if (isDropped() || status.lastScrapeMs === undefined) return
    const atMs = Math.max(Date.now(), status.lastScrapeMs + 1)
    series.begin()
    await inSlices(markGone(true, atMs, isDropped))
    if (isDropped()) return
    for (const labels of [upLabels, durationLabels, samplesLabels, keptLabels, addedLabels])
      sink.markStale(labels, atMs)
  }

  function collectInTime(): Promise<Snapshot> {
    return withDeadline([], timeoutMs, (signal) => unlessAborted(collect(signal), signal))
  }

  async function collect(signal: AbortSignal): Promise<Snapshot> {
    if (isCollecting) throw new Error('the collection that ran out of time has not ended yet')
    isCollecting = true
    try {
      return await target.collect(signal)
    } finally {
      isCollecting = false
    }
  }

  async function record(
    atMs: number,
    result: Snapshot | Error,
    lastDurationSeconds: number,
    isDropped: () => boolean,
  ): Promise<void> {
    const isUp = !(result instanceof Error)
    // A scrape that failed is one without samples: whatever the target had before is gone.
    const { families, kept, samples } = readOf(result)
    const lastError = isUp ? undefined : result.message
    if (isUp) newest = result
    else if (status.up !== false) logError(`the scrape of ${job} at ${instance} failed: ${result.message}`)
    const zeroMs = zeroMsFor(target, status, atMs)
    const lastUpMs = isUp ? atMs : status.lastUpMs
    const known = { lastScrapeMs: atMs, lastUpMs, lastDurationSeconds, lastError }
    status = { ...status, ...known, up: isUp, samples: isUp ? samples : 0 }
    // The report comes first, so that it has its place even where the samples exceed what the sink can hold.
    sink.append(upLabels, atMs, isUp ? 1 : 0)
    sink.append(durationLabels, atMs, lastDurationSeconds)
    sink.append(samplesLabels, atMs, samples)
    sink.append(keptLabels, atMs, kept)
    // Thousands of series that begin at once take longer than a request should wait.
    await inSlices(isUp ? write(families, atMs, zeroMs, isDropped) : leave(families, atMs, isDropped))
  }

  /** The series are found before anything is written, so that the report on them still comes first. */
  function* write(
    families: readonly Family[],
    atMs: number,
    zeroMs: number | undefined,
    isDropped: () => boolean,
  ): Generator<void, void> {
    series.begin()
    const before = series.count
    const labels: (Labels | undefined)[] = []
    const news: number[] = []
    for (const { samples } of families) {
      for (const sample of samples) {
        const known = series.count
        labels.push(series.labelsOf(sample))
        if (series.count > known) news.push(labels.length - 1)
        yield
      }
    }
    if (isDropped()) return
    sink.append(addedLabels, atMs, series.count - before)
    let place = 0
    let nextNew = 0
    for (const family of families) {
      for (const sample of family.samples) {
        const isNew = news[nextNew] === place
        if (isNew) nextNew++
        const stored = labels[place++]
        const isFromZero = isNew && beganAtZero(family, sample)
        if (stored !== undefined) writeSample(stored, sample, atMs, isFromZero ? zeroMs : undefined)
        yield
        if (isDropped()) return
      }
    }
    yield* markGone(place > 0, atMs, isDropped)
  }

  /** What a scrape brought that failed counts, and is not stored. */
  function* leave(families: readonly Family[], atMs: number, isDropped: () => boolean): Generator<void, void> {
    series.begin()
    const before = series.count
    for (const { samples } of families) {
      for (const sample of samples) {
        series.note(sample)
        yield
      }
    }
    if (isDropped()) return
    sink.append(addedLabels, atMs, series.count - before)
    yield* markGone(false, atMs, isDropped)
  }

  function* markGone(isWhole: boolean, atMs: number, isDropped: () => boolean): Generator<void, void> {
    for (const labels of series.end(isWhole)) {
      sink.markStale(labels, atMs)
      yield
      if (isDropped()) return
    }
  }

  function writeSample(labels: Labels, sample: Sample, atMs: number, zeroMs: number | undefined): void {
    const timestampMs = sample.timestampMs === undefined ? atMs : Math.trunc(sample.timestampMs)
    if (!(timestampMs <= atMs + AHEAD_LIMIT_MS)) {
      sink.refuseAhead?.()
      return
    }
    if (zeroMs !== undefined) sink.append(labels, zeroMs, 0)
    sink.append(labels, timestampMs, sample.value)
    if (sample.exemplar !== undefined) sink.appendExemplar?.(labels, sample.exemplar, timestampMs)
  }

  function recordLast({ families }: Snapshot, atMs: number): void {
    hasEnded = true
    series.begin()
    for (const family of families) {
      for (const sample of family.samples) {
        const known = series.count
        const labels = series.labelsOf(sample)
        const isFromZero = series.count > known && beganAtZero(family, sample)
        if (labels !== undefined)
          writeSample(labels, sample, atMs, isFromZero ? zeroMsFor(target, status, atMs) : undefined)
      }
    }
  }

  return { scrape, end, recordLast, status: () => status, newestSnapshot: () => newest }
}

function readOf(result: Snapshot | Error): ReadBefore {
  if (result instanceof CollectFailure) return result.before
  const families = result instanceof Error ? [] : result.families
  const samples = families.reduce((count, family) => count + family.samples.length, 0)
  return { samples, kept: samples, families }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
