// Scrapes one target: collects its snapshot, appends the samples, marks what is gone, and reports on the scrape.
import { unlessAborted, withDeadline } from '../deadline'
import type { Family, Labels, Sample, Snapshot } from '../exposition/snapshot'
import { inSlices } from '../slices'
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
  status(): TargetStatus
  /** Of the last scrape that succeeded. */
  newestSnapshot(): Snapshot | undefined
}

export type TargetScraperOptions = {
  target: Target
  sink: Sink
}

export function createTargetScraper({ target, sink }: TargetScraperOptions): TargetScraper {
  const { job, instance, url, timeoutMs } = target
  const series = new ScrapedSeries({ job, instance })
  const reported = (name: string): Labels => ({ __name__: name, job, instance })
  const upLabels = reported('up')
  const durationLabels = reported('scrape_duration_seconds')
  const samplesLabels = reported('scrape_samples_scraped')
  let isBusy = false
  let isCollecting = false
  let newest: Snapshot | undefined
  let status: TargetStatus = {
    job,
    instance,
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
    if (isBusy) return false
    isBusy = true
    try {
      const startedMs = performance.now()
      const result = await collectInTime().catch(asError)
      const durationSeconds = (performance.now() - startedMs) / 1000
      if (!isDropped()) await record(atMs, result, durationSeconds, isDropped)
    } finally {
      isBusy = false
      target.settle?.()
    }
    return true
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
    const families = isUp ? result.families : []
    const samples = families.reduce((count, family) => count + family.samples.length, 0)
    const lastError = isUp ? undefined : result.message
    if (isUp) newest = result
    else if (status.up !== false) console.error(`The scrape of ${job} at ${instance} failed: ${result.message}`)
    const zeroMs = zeroMsFor(target, status, atMs)
    const lastUpMs = isUp ? atMs : status.lastUpMs
    status = { ...status, up: isUp, lastScrapeMs: atMs, lastUpMs, lastDurationSeconds, lastError, samples }
    // The report comes first, so that it has its place even where the samples exceed what the sink can hold.
    sink.append(upLabels, atMs, isUp ? 1 : 0)
    sink.append(durationLabels, atMs, lastDurationSeconds)
    sink.append(samplesLabels, atMs, samples)
    // Thousands of series that begin at once take longer than a request should wait.
    await inSlices(write(families, atMs, zeroMs, isDropped))
  }

  function* write(
    families: readonly Family[],
    atMs: number,
    zeroMs: number | undefined,
    isDropped: () => boolean,
  ): Generator<void, void> {
    series.begin()
    for (const family of families) {
      for (const sample of family.samples) {
        writeSample(family, sample, atMs, zeroMs)
        yield
        if (isDropped()) return
      }
    }
    for (const labels of series.end()) {
      sink.markStale(labels, atMs)
      yield
      if (isDropped()) return
    }
  }

  function writeSample(family: Family, sample: Sample, atMs: number, zeroMs: number | undefined): void {
    const known = series.count
    const labels = series.labelsOf(sample)
    const isNew = series.count > known
    const timestampMs = sample.timestampMs === undefined ? atMs : Math.trunc(sample.timestampMs)
    if (!(timestampMs <= atMs + AHEAD_LIMIT_MS)) {
      sink.refuseAhead?.()
      return
    }
    if (isNew && zeroMs !== undefined && beganAtZero(family, sample)) sink.append(labels, zeroMs, 0)
    sink.append(labels, timestampMs, sample.value)
    if (sample.exemplar !== undefined) sink.appendExemplar?.(labels, sample.exemplar, timestampMs)
  }

  return { scrape, status: () => status, newestSnapshot: () => newest }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
