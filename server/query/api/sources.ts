// What the endpoints answer from.
import type { Snapshot } from '../../exposition/snapshot'
import type { Features } from '../../features'
import type { MemoryPool, MemoryShare } from '../../memory-pool'
import type { TargetStatus } from '../../scrape/target'
import type { TargetName } from '../../scrape/target-key'
import type { ExemplarStorage } from '../../storage/exemplar-storage'
import type { Storage } from '../../storage/storage'
import type { Gate } from '../gate'
import type { Form } from './form'

export type Sources = {
  storage: Pick<
    Storage,
    'held' | 'selectLazily' | 'seriesLabels' | 'labelNames' | 'labelValues' | 'status' | 'tsdbStatus'
  >
  exemplars: Pick<ExemplarStorage, 'select'>
  /** This process first. */
  targets(): TargetStatus[]
  /** What the target said at its last successful scrape. */
  newestSnapshot(target: TargetName): Snapshot | undefined
  gate: Gate
  /** What all questions may hold. */
  memory: MemoryPool
  nowMs(): number
  startedAtMs: number
  /** Aborted when the process ends: whoever holds a stream open ends it then. */
  shutdown: AbortSignal
  settings: Settings
}

export type Settings = {
  scrapeIntervalMs: number
  retentionMs: number
  /** How many samples a query may touch. */
  maxSamples: number
  /** Which of Prometheus's experimental features are on. */
  features: Features
}

/**
 * A question: its fields, what its path names, when nobody waits for the answer any more, and the memory that it may
 * hold until the answer is written.
 */
export type Question = { form: Form; name: string; signal: AbortSignal; memory: MemoryShare }
