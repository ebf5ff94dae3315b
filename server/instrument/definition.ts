// The definition of a metric, checked when it is declared: a wrong definition throws there, never during a request.
import type { LabelValues } from './metric-types'

export type Definition<Label extends string> = {
  /** A counter's name ends in `_total`; units are base units and belong into the name: `_seconds`, `_bytes`. */
  name: string
  help: string
  labels?: readonly Label[]
  /** Label sets that are known beforehand: they exist from the start, at 0. */
  startAt0?: readonly LabelValues<Label>[]
  /** Called before the metric is read, to bring it up to date. */
  collect?: () => void
}

/** `buckets` are upper bounds, ascending and finite; `+Inf` is added. */
export type HistogramDefinition<Label extends string> = Definition<Label> & { buckets: readonly number[] }

/** `quantiles` lie between 0 and 1, of the last `maxAgeSeconds` (ten minutes unless given). */
export type SummaryDefinition<Label extends string> = Omit<Definition<Label>, 'startAt0'> & {
  quantiles: readonly number[]
  maxAgeSeconds?: number
}

/** The labels that a type of metric needs for itself. */
const RESERVED = { histogram: 'le', summary: 'quantile', counter: undefined, gauge: undefined }

export type MetricKind = keyof typeof RESERVED

/** Throws an Error that names the metric, what was expected and what came. */
export function checkDefinition(kind: MetricKind, { name, help, labels = [] }: Definition<string>): void {
  const refuse = (expected: string, got: unknown): never => {
    throw new Error(`${kind} ${JSON.stringify(name)}: expected ${expected}, got ${JSON.stringify(got)}`)
  }
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))
    refuse('a name of letters, digits, _ and :, without a digit first', name)
  if (kind === 'counter' && !name.endsWith('_total')) refuse('a name that ends in _total, as OpenMetrics asks', name)
  if (help.trim() === '') refuse('a help text', help)
  for (const label of labels) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label))
      refuse('label names of letters, digits and _, without a digit first', label)
    if (label.startsWith('__')) refuse('label names that do not start with __, which are Prometheus’s own', label)
    if (label === RESERVED[kind]) refuse(`no label ${label}, which a ${kind} has by itself`, labels)
  }
  if (new Set(labels).size < labels.length) refuse('different label names', labels)
}

/** Throws unless the buckets are finite and ascend; in silence, prom-client would put observations into wrong ones. */
export function checkBuckets({ name, buckets }: { name: string; buckets: readonly number[] }): void {
  const isAscending = buckets.every((bound, place) => place === 0 || bound > (buckets[place - 1] ?? Number.NaN))
  if (buckets.length > 0 && buckets.every(Number.isFinite) && isAscending) return
  throw new Error(`histogram ${JSON.stringify(name)}: expected finite, ascending buckets, got [${buckets.join(', ')}]`)
}

/** Throws unless the quantiles lie between 0 and 1. */
export function checkQuantiles({ name, quantiles }: { name: string; quantiles: readonly number[] }): void {
  if (quantiles.every((quantile) => quantile >= 0 && quantile <= 1)) return
  throw new Error(`summary ${JSON.stringify(name)}: expected quantiles from 0 to 1, got [${quantiles.join(', ')}]`)
}
