// One interface, two answers: this process's own storage, or a real Prometheus (PROMETHEUS_URL).
import type { Labels } from '../exposition/snapshot'
import type { SharedWork } from '../promql/shared-work'
import type { Matrix, Range, Value } from '../promql/value'

/** What a metric is, by its family's name; a family may be described by several targets. */
export type Metadata = Record<string, { type: string; help: string; unit: string }[]>

/** Which series a question is about: each selector is a PromQL instant selector, and one that fits is enough. */
export type SeriesFilter = { selectors: string[]; startMs: number; endMs: number }

/**
 * Asks PromQL. Every method throws PromqlError for a wrong expression and QuerierError when the source can't answer.
 * `signal` abandons the question. Questions of one moment that are given the same `shared` may be answered together,
 * where the source can do that.
 */
export type Querier = {
  instant(expr: string, atMs: number, signal?: AbortSignal, shared?: SharedWork): Promise<Value>
  range(expr: string, range: Range, signal?: AbortSignal, shared?: SharedWork): Promise<Matrix>
  series(filter: SeriesFilter): Promise<Labels[]>
  labelNames(filter: SeriesFilter): Promise<string[]>
  labelValues(name: string, filter: SeriesFilter): Promise<string[]>
  metadata(): Promise<Metadata>
}
