import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCount, toDigits } from './digits'
import { toAgo, toSpan } from './time'
import type { Unit } from './unit'
import { toAxisLabel, toText } from './unit'

describe('digits', () => {
  test.each<[string, number | null | undefined, string]>([
    ['zero', 0, '0'],
    ['hundreds have no fraction', 122.4, '122'],
    ['tens have one place', 72.44, '72.4'],
    ['ones have one place', 9.14, '9.1'],
    ['tenths have two', 0.9412, '0.94'],
    ['hundredths have three', 0.0312, '0.031'],
    ['what would read as zero says so', 0.0004, '<0.001'],
    ['rounding up to a hundred drops the fraction', 99.96, '100'],
    ['rounding up to one', 0.996, '1.0'],
    ['thousands are grouped', 12_345.6, '12,346'],
    ['millions are written short', 7_654_321, '7.65M'],
    ['billions as well', 12_345_678_901, '12.3B'],
    ['negative numbers have a minus sign', -3.25, '−3.3'],
    ['0/0 is a dash', Number.NaN, '–'],
    ['absence is a dash', undefined, '–'],
    ['a gap is a dash', null, '–'],
    ['infinity', Number.POSITIVE_INFINITY, '∞'],
    ['minus infinity', Number.NEGATIVE_INFINITY, '−∞'],
  ])('%s', (_, value, text) => expect(toDigits(value)).toBe(text))

  test('a number below a million is at most seven characters, and close to the truth', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 999_999, noNaN: true }), (value) => {
        const text = toDigits(value)
        expect(text.length).toBeLessThanOrEqual(7)
        expect(Math.abs(Number(text.replace(',', '')) - value)).toBeLessThanOrEqual(Math.max(0.0005, value * 0.05))
      }),
    )
  })

  test('counts are exact and whole', () => {
    expect([0, 7, 1284, 1_234_567, 11.6, Number.NaN].map(toCount)).toEqual(['0', '7', '1,284', '1,234,567', '12', '–'])
  })
})

describe('units', () => {
  test.each<[number, Unit, string]>([
    [72.4, 'perSecond', '72.4 per s'],
    [0.0094, 'percent', '0.94%'],
    [42, 'plain', '42'],
    [0.0094, 'plain', '0.009'],
    [7_654_321, 'plain', '7.65M'],
    [1, 'percent', '100%'],
    [0.0091, 'seconds', '9.1 ms'],
    [0.0000123, 'seconds', '12.3 µs'],
    [1.25, 'seconds', '1.3 s'],
    [0.9996, 'seconds', '1.0 s'],
    [0.9991, 'seconds', '999 ms'],
    [0, 'seconds', '0 ms'],
    [2.5, 'seconds', '2.5 s'],
    [214_000_000, 'bytes', '214 MB'],
    [1_500_000_000, 'bytes', '1.5 GB'],
    [512, 'bytes', '512 B'],
    [0.46, 'cores', '0.46 cores'],
    [214_000_000, 'megabytes', '214 MB'],
    [640_000, 'megabytes', '0.64 MB'],
    [0.0042, 'millisecondsPerSecond', '4.2 ms per s'],
    [11_460.4, 'count', '11,460'],
    [Number.NaN, 'seconds', '–'],
    [Number.POSITIVE_INFINITY, 'seconds', '∞ s'],
  ])('%f in %s is %s', (value, unit, text) => expect(toText(value, unit)).toBe(text))

  test.each<[number, Unit, string]>([
    [0.3, 'percent', '30%'],
    [0.225, 'seconds', '225 ms'],
    [0.5, 'cores', '0.5'],
    [200, 'count', '200'],
    [12_500, 'count', '12.5K'],
    [2e8, 'bytes', '200 MB'],
    [0, 'bytes', '0'],
    [2e8, 'megabytes', '200'],
  ])('%f in %s is %s on an axis, whose title names the unit where it can', (value, unit, text) => {
    expect(toAxisLabel(value, unit)).toBe(text)
  })
})

describe('time', () => {
  test.each([
    [400, 'now'],
    [12_900, '12 s ago'],
    [61_000, '1 m ago'],
    [2 * 3_600_000, '2 h ago'],
    [3 * 86_400_000, '3 d ago'],
    [-5, 'now'],
  ])('%d ms before now is %s', (ms, text) => expect(toAgo(1_000_000_000 - ms, 1_000_000_000)).toBe(text))

  test.each([
    [500, '500 ms'],
    [1000, '1 s'],
    [1500, '1.5 s'],
    [300_000, '5 m'],
    [5_400_000, '1 h 30 m'],
  ])('%d ms lasts %s', (ms, text) => expect(toSpan(ms)).toBe(text))
})
