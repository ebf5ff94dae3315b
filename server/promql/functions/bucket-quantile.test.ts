import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bucket } from './bucket-quantile'
import { bucketQuantile } from './bucket-quantile'

const buckets = (...pairs: [bound: number, count: number][]): Bucket[] =>
  pairs.map(([bound, count]) => ({ bound, count }))
const inf = Number.POSITIVE_INFINITY

describe('the special cases of a quantile', () => {
  const cases: [sentence: string, q: number, buckets: Bucket[], value: number][] = [
    ['inside of a bucket it is interpolated', 0.5, buckets([1, 0], [2, 10], [inf, 10]), 1.5],
    ['the first bucket begins at 0', 0.5, buckets([2, 10], [inf, 10]), 1],
    ['unless it ends at 0 or below: then it is its bound', 0.1, buckets([-1, 10], [inf, 10]), -1],
    ['in the last bucket it is the bound before', 0.99, buckets([1, 1], [2, 2], [inf, 10]), 2],
    ['below 0 it is -Inf', -0.1, buckets([1, 1], [inf, 1]), -inf],
    ['above 1 it is +Inf', 1.1, buckets([1, 1], [inf, 1]), inf],
    ['of NaN it is NaN', Number.NaN, buckets([1, 1], [inf, 1]), Number.NaN],
    ['without a bucket up to +Inf it is NaN', 0.5, buckets([1, 1], [2, 2]), Number.NaN],
    ['of one bucket it is NaN', 0.5, buckets([inf, 2]), Number.NaN],
    ['of no observation it is NaN', 0.5, buckets([1, 0], [inf, 0]), Number.NaN],
    ['equal bounds count together', 0.5, buckets([1, 2], [1, 2], [inf, 4]), 0.5],
    ['a difference of rounding is none', 0.5, buckets([1, 1], [2, 1 + 1e-13], [inf, 2]), 1],
    ['a count that goes down is lifted', 0.75, buckets([1, 4], [2, 2], [4, 8], [inf, 8]), 3],
  ]
  test.each(cases)('%s', (_, q, given, value) => expect(bucketQuantile(q, given).value).toBe(value))

  test('only counts that go down by more than rounding are remarked on', () => {
    expect(bucketQuantile(0.5, buckets([1, 4], [2, 2], [inf, 8])).forcedMonotonic).toBe(true)
    expect(bucketQuantile(0.5, buckets([1, 4], [2, 4 - 1e-12], [inf, 8])).forcedMonotonic).toBe(false)
  })
})

test('a quantile above 0 never falls when q rises, and stays within the bounds', () => {
  const growth = fc.array(fc.nat(100), { minLength: 2, maxLength: 20 })
  // The smallest of an empty first bucket is no number, as in Prometheus.
  const q = fc.double({ min: 0, minExcluded: true, max: 1, noNaN: true })
  fc.assert(
    fc.property(growth, q, q, (growths, q1, q2) => {
      const given = () => {
        let count = 0
        return growths.map((more, i): Bucket => {
          count += more
          return { bound: i === growths.length - 1 ? inf : i + 1, count }
        })
      }
      fc.pre(growths.some((more) => more > 0))
      const [low, high] = [Math.min(q1, q2), Math.max(q1, q2)].map((each) => bucketQuantile(each, given()).value)
      expect(low).toBeLessThanOrEqual(high ?? Number.NaN)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(growths.length - 1)
    }),
  )
})
