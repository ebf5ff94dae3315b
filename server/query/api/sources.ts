// What the endpoints answer from.
import type { Snapshot } from '../../exposition/snapshot'
import type { TargetStatus } from '../../scrape/target'
import type { ExemplarStorage } from '../../storage/exemplar-storage'
import type { Storage } from '../../storage/storage'
import type { Form } from './form'
import type { QuerySlots } from './query-slots'

export type Sources = {
  storage: Pick<
    Storage,
    'held' | 'selectLazily' | 'seriesLabels' | 'labelNames' | 'labelValues' | 'status' | 'tsdbStatus'
  >
  exemplars: Pick<ExemplarStorage, 'select'>
  /** This process first. */
  targets(): TargetStatus[]
  /** What the target said at its last successful scrape. */
  newestSnapshot(instance: string): Snapshot | undefined
  slots: QuerySlots
  nowMs(): number
  startedAtMs: number
  settings: Settings
}

export type Settings = {
  scrapeIntervalMs: number
  retentionMs: number
  /** How many samples a query may touch. */
  maxSamples: number
  /** How long a query may take, and the most that its own `timeout` can ask for. */
  timeoutMs: number
  /** How many queries are evaluated at a time. */
  maxConcurrency: number
}

/** A question: its fields, what its path names, and when nobody waits for the answer any more. */
export type Question = { form: Form; name: string; signal: AbortSignal }
