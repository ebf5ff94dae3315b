// The fraction of one classic histogram's observations between two values.
import type { Bucket } from './bucket-quantile'
import { joinEqualBounds } from './bucket-quantile'

/**
 * Prometheus's BucketFraction. `buckets` are ascending by bound, and changed. No bucket up to +Inf, nothing observed, or
 * a NaN among the values: NaN; lower >= upper: 0. Inside a bucket the position is taken as linear, which makes NaN
 * of the first one: as of Prometheus 3.5 it begins at -Inf.
 */
export function bucketFraction(lower: number, upper: number, buckets: Bucket[]): number {
  if (buckets.at(-1)?.bound !== Number.POSITIVE_INFINITY) return Number.NaN
  const distinct = joinEqualBounds(buckets)
  const total = distinct.at(-1)?.count ?? 0
  if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN
  if (lower >= upper) return 0
  return (rankOf(upper, distinct, total) - rankOf(lower, distinct, total)) / total
}

/** How many observations lie below `value`. */
function rankOf(value: number, buckets: Bucket[], total: number): number {
  let rank = 0
  let start = Number.NEGATIVE_INFINITY
  for (const { bound, count } of buckets) {
    if (start >= value) return Math.min(rank, total)
    if (bound > value) return Math.min(rank + ((count - rank) * (value - start)) / (bound - start), total)
    rank = count
    start = bound
  }
  return total
}
