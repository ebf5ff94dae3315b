// The quantile of one classic histogram at one instant.

/** `count` observations were at most `bound`. */
export type Bucket = { bound: number; count: number }

/** Differences between buckets that are smaller than this, relative to their sum, come from rounding. */
const smallestDifference = 1e-12
const smallestNormal = 2 ** -1022

/**
 * Prometheus's BucketQuantile. `buckets` are ascending by bound, and changed. The special cases:
 * q is NaN: NaN; q < 0: -Inf; q > 1: +Inf; no bucket up to +Inf, fewer than two buckets, or nothing observed: NaN;
 * in the last bucket: the bound before it; in a first bucket that ends at 0 or below: its bound. Else the position in
 * the bucket is taken as linear, the first one beginning at 0. `forcedMonotonic` says that counts went down somewhere.
 */
export function bucketQuantile(q: number, buckets: Bucket[]): { value: number; forcedMonotonic: boolean } {
  const plain = (value: number) => ({ value, forcedMonotonic: false })
  if (Number.isNaN(q)) return plain(Number.NaN)
  if (q < 0) return plain(Number.NEGATIVE_INFINITY)
  if (q > 1) return plain(Number.POSITIVE_INFINITY)
  if (buckets.at(-1)?.bound !== Number.POSITIVE_INFINITY) return plain(Number.NaN)

  const distinct = joinEqualBounds(buckets)
  const forcedMonotonic = makeMonotonic(distinct)
  const last = distinct.length - 1
  const highest = distinct[last]
  const beforeHighest = distinct[last - 1]
  if (!highest || !beforeHighest || highest.count === 0) return plain(Number.NaN)

  const rank = q * highest.count
  const index = firstIndexAtLeast(distinct, rank)
  const bucket = distinct[index]
  const below = distinct[index - 1]
  if (index === last || !bucket) return { value: beforeHighest.bound, forcedMonotonic }
  if (!below && bucket.bound <= 0) return { value: bucket.bound, forcedMonotonic }
  const start = below?.bound ?? 0
  const countBelow = below?.count ?? 0
  const share = (rank - countBelow) / (bucket.count - countBelow)
  return { value: start + (bucket.bound - start) * share, forcedMonotonic }
}

/** One bucket for each bound; `buckets` are ascending, and changed. */
export function joinEqualBounds(buckets: Bucket[]): Bucket[] {
  const joined: Bucket[] = []
  for (const bucket of buckets) {
    const last = joined.at(-1)
    if (last && last.bound === bucket.bound) last.count += bucket.count
    else joined.push(bucket)
  }
  return joined
}

/** Evens out what rounding or bad input made of the counts; true when it was more than rounding. */
function makeMonotonic(buckets: Bucket[]): boolean {
  let forced = false
  let previous = buckets[0]?.count ?? 0
  for (const bucket of buckets.slice(1)) {
    if (bucket.count === previous) continue
    if (isAlmostEqual(previous, bucket.count)) bucket.count = previous
    else if (bucket.count < previous) {
      bucket.count = previous
      forced = true
    } else previous = bucket.count
  }
  return forced
}

function isAlmostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true
  const sum = Math.abs(a) + Math.abs(b)
  const difference = Math.abs(a - b)
  if (a === 0 || b === 0 || sum < smallestNormal) return difference < smallestDifference * smallestNormal
  return difference / Math.min(sum, Number.MAX_VALUE) < smallestDifference
}

/** The first bucket but the last that holds `rank` observations; the last where none does. */
function firstIndexAtLeast(buckets: Bucket[], rank: number): number {
  let lo = 0
  let hi = buckets.length - 1
  while (lo < hi) {
    const middle = (lo + hi) >> 1
    if ((buckets[middle]?.count ?? 0) >= rank) hi = middle
    else lo = middle + 1
  }
  return lo
}
