import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatSeconds, parseSeconds } from './timestamp'

describe('formatSeconds', () => {
  it.each([
    [1_520_879_607_789, '1520879607.789'],
    [1_520_879_607_000, '1520879607'],
    [1_520_879_607_700, '1520879607.7'],
    [0, '0'],
    [7, '0.007'],
    [-1500, '-1.5'],
    [0.25, '0.00025'],
    [1e21, '1e18'],
    [5e-324, '5e-327'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatSeconds(ms)).toBe(text)
  })

  it('is undone by parseSeconds, for every finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (ms) => {
        expect(parseSeconds(formatSeconds(ms))).toBe(ms === 0 ? 0 : ms)
      }),
    )
  })
})

describe('parseSeconds', () => {
  it.each([
    ['1520879607.789', 1_520_879_607_789],
    ['+1.5E3', 1_500_000],
    ['-.5', -500],
    ['5.', 5000],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseSeconds(text)).toBe(ms)
  })
})
