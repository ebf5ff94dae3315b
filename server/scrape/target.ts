// What is scraped, and where the samples go.
import type { Labels, Snapshot } from '../exposition/snapshot'

/** `collect` should end soon after `signal` is aborted: nobody waits for its snapshot any more. */
export type Target = { job: string; instance: string; collect(signal: AbortSignal): Promise<Snapshot> }

/**
 * Takes the samples; the storage is one. `labels` hold `__name__`, and the same object comes for the same series in
 * every scrape. Both return whether it was taken: a scrape goes on after a refusal.
 */
export type Sink = {
  append(labels: Labels, timestampMs: number, value: number): boolean
  markStale(labels: Labels, timestampMs: number): boolean
}

export type TargetStatus = {
  job: string
  instance: string
  /** Whether the last scrape succeeded; undefined before the first one. */
  up: boolean | undefined
  /** The nominal instant of the last scrape. */
  lastScrapeMs: number | undefined
  lastDurationSeconds: number | undefined
  /** Why the last scrape failed. */
  lastError: string | undefined
  /** How many samples the last scrape brought. */
  samples: number
}
