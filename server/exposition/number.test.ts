import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCanonical } from './number'

describe('formatCanonical', () => {
  // The examples of OpenMetrics 1.0, "Canonical Numbers".
  it.each([
    '0.0',
    '0.001',
    '0.002',
    '0.01',
    '0.1',
    '0.9',
    '0.95',
    '0.99',
    '0.999',
    '1.0',
    '1.7',
    '10.0',
    '1e-10',
    '1e-09',
    '1e-05',
    '0.0001',
    '100000.0',
    '1e+06',
    '1e+10',
    '1e+23',
    '1.1e+23',
    '-2.5',
    '+Inf',
    '-Inf',
    'NaN',
  ])('writes %s like Go', (text) => {
    expect(formatCanonical(Number(text.replace('Inf', 'Infinity')))).toBe(text)
  })

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatCanonical(value))).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})
