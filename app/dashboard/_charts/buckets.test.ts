import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBucketName, toEdgeLabels, toHistogram } from './buckets'

const cumulative = (counts: Record<string, number | null>) =>
  Object.entries(counts).map(([le, value]) => ({ key: le, labels: { le }, values: [value] }))

describe('a histogram', () => {
  test('its buckets hold what is between two bounds, in order', () => {
    const { bounds, at } = toHistogram(cumulative({ '+Inf': 10, '0.1': 3, '0.005': 1 }))
    expect(bounds).toEqual([0.005, 0.1, Number.POSITIVE_INFINITY])
    expect(at(0)).toEqual([
      { lower: 0, upper: 0.005, count: 1 },
      { lower: 0.005, upper: 0.1, count: 2 },
      { lower: 0.1, upper: Number.POSITIVE_INFINITY, count: 7 },
    ])
  })

  test('no value is no histogram, which differs from an empty one', () => {
    expect(toHistogram(cumulative({ '0.1': null, '+Inf': null })).at(0)).toBeNull()
    expect(toHistogram(cumulative({ '0.1': Number.NaN })).at(0)).toBeNull()
    expect(toHistogram([]).at(0)).toBeNull()
    expect(toHistogram(cumulative({ '0.1': 0, '+Inf': 0 })).at(0)).toMatchObject([{ count: 0 }, { count: 0 }])
  })

  test('series without a readable bound are left out', () => {
    const { bounds } = toHistogram([...cumulative({ x: 1, '': 2, '0.1': 3 }), { key: '', labels: {}, values: [1] }])
    expect(bounds).toEqual([0.1])
  })

  test('no bucket is ever negative, and together they hold what the last bound holds', () => {
    const counts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(counts, (values) => {
        const buckets =
          toHistogram(cumulative(Object.fromEntries(values.map((v, i) => [String(i + 1), v])))).at(0) ?? []
        for (const { count } of buckets) expect(count).toBeGreaterThanOrEqual(0)
        const total = buckets.reduce((sum, { count }) => sum + count, 0)
        expect(total).toBeCloseTo(Math.max(...values), 5)
      }),
    )
  })
})

test('edges name their unit where it changes', () => {
  expect(toEdgeLabels([0.001, 0.0025, 0.5, 1, 2.5, Number.POSITIVE_INFINITY])).toEqual([
    '1 ms',
    '2.5',
    '500',
    '1 s',
    '2.5',
    '∞',
  ])
})

test('edges are in the unit of what is measured', () => {
  expect(toEdgeLabels([100, 1000, 65_536, Number.POSITIVE_INFINITY], 'bytes')).toEqual(['100 B', '1 kB', '65.5', '∞'])
  expect(toEdgeLabels([0.5, 10, 1000, 25_000], 'plain')).toEqual(['0.5', '10', '1,000', '25K'])
})

test.each([
  [0, 0.001, 'up to 1 ms'],
  [0.1, 0.25, '100 ms to 250 ms'],
  [0.5, 1, '500 ms to 1 s'],
  [10, Number.POSITIVE_INFINITY, 'over 10 s'],
])('the bucket from %d to %d is called %s', (lower, upper, name) => {
  expect(toBucketName({ lower, upper, count: 0 })).toBe(name)
})
