import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toAxisFromZero, toFittedAxis, toLogAxis } from './value-axis'

describe('the value axis', () => {
  test.each([
    [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [Number.NaN, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [4.9, [0, 1, 2, 3, 4, 5]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 20, 40, 60, 80, 100]],
    [101, [0, 20, 40, 60, 80, 100, 120]],
  ])('up to %d it has the ticks %j', (max, ticks) => {
    expect(toAxisFromZero(max).ticks).toEqual(ticks)
  })

  test('it holds its largest value, wastes at most a third, and has 3 to 7 ticks of 1, 2 or 5', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (max) => {
        const { domain, ticks } = toAxisFromZero(max)
        expect(domain[0]).toBe(0)
        expect(domain[1]).toBeGreaterThanOrEqual(max * (1 - 1e-6))
        expect(domain[1]).toBeLessThanOrEqual(max * 1.5 + 1e-6)
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect((ticks[1] ?? 0).toExponential(0)).toMatch(/^[125]e/)
        expect(ticks.at(-1)).toBeCloseTo(domain[1], 6)
      }),
    )
  })

  test('fitted, it holds both ends, in whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e6 }), (min, more) => {
        const { domain, ticks } = toFittedAxis(min, min + more)
        expect(domain[0]).toBeLessThanOrEqual(min)
        expect(domain[0]).toBeGreaterThanOrEqual(0)
        expect(domain[1]).toBeGreaterThanOrEqual(min + more)
        expect(ticks.every(Number.isInteger)).toBe(true)
      }),
    )
  })

  test('fitted to nothing it is the empty axis', () => {
    expect(toFittedAxis(Number.POSITIVE_INFINITY, 0).domain).toEqual(toAxisFromZero(0).domain)
  })
})

describe('the logarithmic axis', () => {
  test.each([
    [0.009, 0.05, [0.005, 0.01, 0.02, 0.05]],
    [0.01, 0.01, [0.01, 0.02]],
    [0.0012, 0.9, [0.001, 0.01, 0.1, 1]],
    [0.02, 6, [0.1, 1, 10]],
    [99.99999999999999, 99.99999999999999, [50, 100]],
    [0.05, 0.05, [0.05, 0.1]],
    [0.00003, 30, [0.0001, 0.001, 0.01, 0.1, 1, 10]],
  ])('from %d to %d it has the ticks %j', (min, max, ticks) => {
    expect(toLogAxis(min, max).ticks).toEqual(ticks)
  })

  test('it holds both ends, and equal ratios are equal distances', () => {
    const seconds = fc.double({ min: 1e-5, max: 100, noNaN: true })
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const { domain, ticks, toFraction } = toLogAxis(Math.min(a, b), Math.max(a, b))
        expect(domain[0]).toBeLessThanOrEqual(Math.min(a, b))
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(a, b))
        expect(ticks.length).toBeGreaterThanOrEqual(1)
        expect(toFraction(Math.sqrt(domain[0] * domain[1]))).toBeCloseTo(0.5, 6)
      }),
    )
  })

  test('what has no logarithm stands at the bottom, and without values it is the empty axis', () => {
    expect(toLogAxis(0.01, 1).toFraction(0)).toBe(0)
    expect(toLogAxis(Number.POSITIVE_INFINITY, 0).domain).toEqual([0, 1])
  })
})
