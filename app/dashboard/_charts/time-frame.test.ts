import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestIndex, toFraction, toTimeFrame } from './time-frame'

const MINUTE = 60_000
const NOON = 1_700_006_400_000 // a full hour in every time zone that has whole hours

describe('the time frame', () => {
  test.each([
    ['a minute has a tick every quarter', MINUTE, 15_000, 5],
    ['five minutes have a tick a minute', 5 * MINUTE, MINUTE, 6],
    ['a quarter of an hour has a tick every three minutes', 15 * MINUTE, 3 * MINUTE, 6],
    ['an hour has a tick every quarter', 60 * MINUTE, 15 * MINUTE, 5],
  ])('%s', (_, rangeMs, stepMs, count) => {
    const { startMs, endMs, ticksMs } = toTimeFrame(NOON, rangeMs)
    expect([startMs, endMs]).toEqual([NOON - rangeMs, NOON])
    expect(ticksMs).toHaveLength(count)
    for (const tickMs of ticksMs) expect(tickMs % stepMs).toBe(0)
  })

  test('ticks lie inside the frame and stay where they are while it slides', () => {
    const at = fc.integer({ min: 1e12, max: 2e12 })
    fc.assert(
      fc.property(at, fc.constantFrom(1, 5, 15, 60), fc.integer({ min: 1, max: 900 }), (endMs, minutes, slideMs) => {
        const before = toTimeFrame(endMs, minutes * MINUTE)
        const after = toTimeFrame(endMs + slideMs, minutes * MINUTE)
        for (const tickMs of after.ticksMs) {
          expect(toFraction(after, tickMs)).toBeGreaterThanOrEqual(0)
          expect(toFraction(after, tickMs)).toBeLessThanOrEqual(1)
        }
        expect(after.ticksMs.filter((t) => t <= endMs)).toEqual(before.ticksMs.filter((t) => t >= after.startMs))
      }),
    )
  })
})

describe('the nearest time', () => {
  test('is none where there are no times', () => {
    expect(nearestIndex([], 5)).toBe(-1)
  })

  test('is as near as any other', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(times, fc.integer({ min: -50, max: 1050 }), (unsorted, timeMs) => {
        const timesMs = unsorted.sort((a, b) => a - b)
        const found = timesMs[nearestIndex(timesMs, timeMs)] ?? Number.NaN
        expect(Math.abs(found - timeMs)).toBe(Math.min(...timesMs.map((t) => Math.abs(t - timeMs))))
      }),
    )
  })
})
