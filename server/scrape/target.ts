// What is scraped, and where the samples go.
import type { Exemplar, Labels, Snapshot } from '../exposition/snapshot'

export type Target = {
  job: string
  instance: string
  /** What its series are labelled with besides these two. */
  labels?: Labels | undefined
  /** Where its metrics are, for people to read: no login, no query. */
  url: string
  /** How long `collect` may take before the scrape has failed. */
  timeoutMs: number
  /** Should end soon after `signal` is aborted: nobody waits for its snapshot any more. Rejects with the reason in words. */
  collect(signal: AbortSignal): Promise<Snapshot>
  /** What it brought is stored, or was dropped. */
  settle?(): void
  /** Since when the target counts, where that is known: its counters were 0 then, and no series of it ever ends. */
  countsSinceMs?: number
}

/**
 * Takes the samples; the storage is one. `labels` hold `__name__`, and the same object comes for the same series in
 * every scrape. Both return whether it was taken: a scrape goes on after a refusal.
 */
export type Sink = {
  append(labels: Labels, timestampMs: number, value: number): boolean
  markStale(labels: Labels, timestampMs: number): boolean
  /** A sample was left out that says that it is from too far ahead. */
  refuseAhead?(): void
  /** Nothing could come between these instants: that time does not count towards the retention. */
  skip?(fromMs: number, toMs: number): void
  /** The clock was set back: samples later than that are dropped, and others of that time will come. */
  setBack?(newestMs: number): void
  /** The exemplar of a sample, at `timestampMs` unless it has a time of its own; the same one comes with every scrape. */
  appendExemplar?(labels: Labels, exemplar: Exemplar, timestampMs: number): boolean
}

export type TargetStatus = {
  job: string
  instance: string
  /** Those besides `job` and `instance`. */
  labels: Labels
  url: string
  timeoutMs: number
  /** Whether the last scrape succeeded; undefined before the first one. */
  up: boolean | undefined
  /** The nominal instant of the last scrape. */
  lastScrapeMs: number | undefined
  /** The nominal instant of the last scrape that succeeded. */
  lastUpMs: number | undefined
  lastDurationSeconds: number | undefined
  /** Why the last scrape failed. */
  lastError: string | undefined
  /** How many samples the last scrape brought. */
  samples: number
}
