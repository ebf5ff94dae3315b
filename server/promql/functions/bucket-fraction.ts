// The fraction of one classic histogram's observations between two values.
import type { Bucket } from './bucket-quantile'
import { joinEqualBounds } from './bucket-quantile'

/**
 * Prometheus's BucketFraction. `buckets` are ascending by bound, and changed. No bucket up to +Inf, nothing observed, or
 * a NaN among the values: NaN; lower >= upper: 0. Inside a bucket the position is taken as linear. As of Prometheus 3.8 a
 * first bucket that ends above 0 begins at 0, as for a quantile; another one has no width that could be divided, so that
 * none of it lies above a value within, as none of the last bucket lies below one.
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
  let start = (buckets[0]?.bound ?? 0) > 0 ? 0 : Number.NEGATIVE_INFINITY
  for (const { bound, count } of buckets) {
    if (start >= value) return Math.min(rank, total)
    if (bound > value) {
      const share = start === Number.NEGATIVE_INFINITY ? 1 : (value - start) / (bound - start)
      return Math.min(rank + (count - rank) * share, total)
    }
    rank = count
    start = bound
  }
  return total
}
