// The quantile of a few values, by linear interpolation between the two nearest ranks.
import type { Values } from './columns'
import type { Evaluation } from './evaluation'

/** Sorts `values`, in place, NaN first as the smallest. q is NaN: NaN; q < 0: -Inf; q > 1: +Inf. */
export function quantileOf(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return Number.NaN
  if (q < 0) return Number.NEGATIVE_INFINITY
  if (q > 1) return Number.POSITIVE_INFINITY
  sortNanFirst(values)
  const rank = q * (values.length - 1)
  const lower = Math.floor(rank)
  const weight = rank - lower
  const upper = Math.min(values.length - 1, lower + 1)
  return (values[lower] ?? 0) * (1 - weight) + (values[upper] ?? 0) * weight
}

/** Without a comparison of our own, which takes many times longer, NaN comes last. */
function sortNanFirst(values: Float64Array): void {
  values.sort()
  const firstNan = values.findIndex(Number.isNaN)
  if (firstNan <= 0) return
  values.copyWithin(values.length - firstNan, 0, firstNan)
  values.fill(Number.NaN, 0, values.length - firstNan)
}

/** Prometheus's remark on each value that is no quantile. */
export function annotateQuantiles(quantiles: Values, at: { from: number; to: number }, evaluation: Evaluation) {
  for (const q of new Set(quantiles)) {
    if (q >= 0 && q <= 1) continue
    evaluation.annotate('warning', `PromQL warning: quantile value should be between 0 and 1, got ${formatG(q)}`, at)
  }
}

/** Go's %g. */
export function formatG(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  }
  return String(value)
}
