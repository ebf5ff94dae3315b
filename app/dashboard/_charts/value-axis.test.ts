import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toAxisFromZero, toFittedAxis } from './value-axis'

describe('the value axis', () => {
  test.each([
    [0, [0, 0.25, 0.5, 0.75, 1]],
    [Number.NaN, [0, 0.25, 0.5, 0.75, 1]],
    [0.3, [0, 0.075, 0.15, 0.225, 0.3]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 25, 50, 75, 100]],
    [101, [0, 30, 60, 90, 120]],
  ])('up to %d it has the ticks %j', (max, ticks) => {
    expect(toAxisFromZero(max).ticks).toEqual(ticks)
  })

  test('it holds its largest value and wastes at most a third', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (max) => {
        const [bottom, top] = toAxisFromZero(max).domain
        expect(bottom).toBe(0)
        expect(top).toBeGreaterThanOrEqual(max * (1 - 1e-6))
        expect(top).toBeLessThanOrEqual(max * 1.5 + 1e-6)
      }),
    )
  })

  test('fitted, it holds both ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e6 }), (min, more) => {
        const [bottom, top] = toFittedAxis(min, min + more).domain
        expect(bottom).toBeLessThanOrEqual(min)
        expect(bottom).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(min + more)
      }),
    )
  })

  test('fitted to nothing it is the empty axis', () => {
    expect(toFittedAxis(Number.POSITIVE_INFINITY, 0)).toEqual(toAxisFromZero(0))
  })
})
