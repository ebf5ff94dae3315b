// The metrics of the storage: the same numbers as in `metrics.status`.
import { declareCounter, declareGauge } from '../instrument/declare'
import type { OurRegistry } from '../instrument/registry'
import { variableName } from '../variable-name'
import type { Refusal, Storage, StorageStatus } from './storage'

/** The values of the label `reason`. */
const REASONS: Readonly<Record<Refusal, string>> = {
  seriesLimit: 'series_limit',
  memoryLimit: 'memory_limit',
  tooOld: 'too_old',
  tooFarAhead: 'too_far_ahead',
  outOfOrder: 'out_of_order',
  duplicate: 'duplicate',
}
const REFUSALS = Object.keys(REASONS) as Refusal[]
const DIRECTIONS = ['forward', 'back'] as const

/** Declares them in `registry`; a second call changes nothing. They are brought up to date whenever they are collected. */
export function declareStorageMetrics(registry: OurRegistry, storage: Storage): void {
  if (registry.getSingleMetric('hearth_storage_series') !== undefined) return
  let counted: StorageStatus | undefined

  // Metrics are collected in the order of their declaration, so the first one reads for all.
  const series = declareGauge(registry, {
    name: 'hearth_storage_series',
    help: 'Series in memory.',
    collect: readStatus,
  })
  const samples = declareGauge(registry, { name: 'hearth_storage_samples', help: 'Samples in memory.' })
  const chunks = declareGauge(registry, { name: 'hearth_storage_chunks', help: 'Chunks of samples in memory.' })
  const chunkBytes = declareGauge(registry, {
    name: 'hearth_storage_chunk_bytes',
    help: 'What the complete chunks of samples take (bytes); those that still grow take up to 960 bytes each.',
  })
  const appended = declareCounter(registry, {
    name: 'hearth_storage_samples_appended_total',
    help: 'Samples taken, staleness markers included.',
  })
  const refused = declareCounter(registry, {
    name: 'hearth_storage_samples_refused_total',
    help: 'Samples refused; reason is series_limit, memory_limit, too_old, too_far_ahead, out_of_order or duplicate.',
    labels: ['reason'],
    startAt0: REFUSALS.map((refusal) => ({ reason: REASONS[refusal] })),
  })
  const refusedSeries = declareCounter(registry, {
    name: 'hearth_storage_series_refused_total',
    help: `Series refused because their target has reached ${variableName('SERIES_LIMIT')}, or all together ${variableName('SERIES_MEMORY')}.`,
  })
  const seriesBytes = declareGauge(registry, {
    name: 'hearth_storage_series_bytes',
    help: 'What the series take of the heap without their samples, as far as their labels tell (bytes).',
  })
  const memoryLimit = declareGauge(registry, {
    name: 'hearth_storage_memory_limit_bytes',
    help: `${variableName('SERIES_MEMORY')} (bytes): series take no more, nor do complete chunks.`,
  })
  const shortenings = declareCounter(registry, {
    name: 'hearth_storage_shortenings_total',
    help: `Times that the oldest samples were dropped before the end of the retention because chunks took all of ${variableName('SERIES_MEMORY')}.`,
  })
  const clockSteps = declareCounter(registry, {
    name: 'hearth_storage_clock_steps_total',
    help: 'Jumps of the clock: forward, also if no scrape came for long, or back, which drops samples.',
    labels: ['direction'],
    startAt0: DIRECTIONS.map((direction) => ({ direction })),
  })

  function readStatus(): void {
    const status = storage.status()
    series.set(status.seriesCount)
    samples.set(status.sampleCount)
    chunks.set(status.chunkCount)
    chunkBytes.set(status.chunkBytes)
    seriesBytes.set(status.seriesBytes)
    memoryLimit.set(status.memoryLimitBytes)
    const since = (countOf: (status: StorageStatus) => number) => countOf(status) - (counted ? countOf(counted) : 0)
    appended.inc(since((status) => status.appendedSamples))
    refusedSeries.inc(since((status) => status.droppedSeries))
    shortenings.inc(since((status) => status.shortenings))
    for (const refusal of REFUSALS) {
      refused.inc(
        { reason: REASONS[refusal] },
        since((status) => status.droppedSamples[refusal]),
      )
    }
    for (const direction of DIRECTIONS)
      clockSteps.inc(
        { direction },
        since((status) => status.clockSteps[direction]),
      )
    counted = status
  }
}
