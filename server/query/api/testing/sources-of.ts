// An API over given series, without a process around it.
import type { Snapshot } from '../../../exposition/snapshot'
import type { Features } from '../../../features'
import { ALL_FEATURES } from '../../../features'
import { MemoryPool } from '../../../memory-pool'
import type { SeriesExemplars } from '../../../promql/differential/remote-write'
import type { TargetStatus } from '../../../scrape/target'
import { createExemplarStorage } from '../../../storage/exemplar-storage'
import type { Series } from '../../../storage/series'
import { createStorage } from '../../../storage/storage'
import { createGate } from '../../gate'
import type { Sources } from '../sources'

export type Held = {
  series?: Series[]
  exemplars?: readonly SeriesExemplars[]
  targets?: TargetStatus[]
  /** By job and instance, `shop at shop:8000`. */
  snapshots?: Record<string, Snapshot>
  /** All by default. */
  features?: Features
}

/** The clock stands at the newest sample. */
export function sourcesOf({
  exemplars = [],
  features = ALL_FEATURES,
  series = [],
  snapshots = {},
  targets = [],
}: Held): Sources {
  const storage = createStorage({ retentionMs: 365 * 86_400_000, seriesLimit: 100_000 })
  for (const { labels, stale, timestampsMs, values } of series) {
    for (const [i, tMs] of timestampsMs.entries()) {
      if (stale?.[i] === 1) storage.markStale(labels, tMs)
      else storage.append(labels, tMs, values[i] ?? 0)
    }
  }
  const exemplarStorage = createExemplarStorage(1000)
  for (const { labels, exemplars: own } of exemplars) {
    for (const exemplar of own) exemplarStorage.append(labels, exemplar, exemplar.timestampMs)
  }
  return {
    storage,
    exemplars: exemplarStorage,
    targets: () => targets,
    newestSnapshot: ({ instance, job }) => snapshots[`${job} at ${instance}`],
    gate: createGate({ slots: 4, maxWaiting: 1_000, timeoutMs: 30_000 }),
    memory: new MemoryPool(1024 ** 3),
    nowMs: () => storage.status().newestMs ?? 0,
    startedAtMs: 0,
    shutdown: new AbortController().signal,
    settings: {
      scrapeIntervalMs: 1000,
      retentionMs: 3_600_000,
      maxSamples: 20_000_000,
      features,
    },
  }
}
