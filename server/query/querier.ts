// One interface, two answers: this process's own storage, or a real Prometheus (PROMETHEUS_URL).
import type { Labels } from '../exposition/snapshot'
import type { MemoryShare } from '../memory-pool'
import type { ExplainTimes } from '../promql/explain'
import type { Explained } from '../promql/explained'
import type { SharedWork } from '../promql/shared-work'
import type { Matrix, Range, Value } from '../promql/value'
import type { ExemplarSeries } from '../storage/exemplar-storage'

/** What a metric is, by its family's name; a family may be described by several targets. */
export type Metadata = Record<string, { type: string; help: string; unit: string }[]>

/** Which series a question is about: each selector is a PromQL instant selector, and one that fits is enough. */
export type SeriesFilter = { selectors: string[]; startMs: number; endMs: number }

export type AskOptions = {
  /** Abandons the question. */
  signal?: AbortSignal
  /** Questions of one moment that are given the same one may be answered together, where the source can do that. */
  shared?: SharedWork
  /** What the question may hold; unlimited by default. */
  memory?: MemoryShare
  /** How many samples it may touch, where the source counts them. */
  maxSamples?: number
}

/**
 * Asks PromQL. Every method throws PromqlError for a wrong expression and QuerierError when the source can't answer.
 */
export type Querier = {
  instant(expr: string, atMs: number, options?: AskOptions): Promise<Value>
  range(expr: string, range: Range, options?: AskOptions): Promise<Matrix>
  /** The expression as a tree, each part with what it comes to and costs; refused where it has too many parts. */
  explain(expr: string, times: ExplainTimes, options?: AskOptions): Promise<Explained>
  /** The exemplars of all series that an expression looks at, between two moments. */
  exemplars(expr: string, times: { startMs: number; endMs: number }, options?: AskOptions): Promise<ExemplarSeries[]>
  series(filter: SeriesFilter): Promise<Labels[]>
  labelNames(filter: SeriesFilter): Promise<string[]>
  labelValues(name: string, filter: SeriesFilter): Promise<string[]>
  metadata(): Promise<Metadata>
}
