import { describe, expect, it } from 'vitest'
import { parseGoFloat } from './parse-go-float'

describe('parseGoFloat', () => {
  it.each([
    ['1_000.5', 1000.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['1E-3', 0.001],
    ['0x1p4', 16],
    ['-0x.8p1', -1],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
  ])('reads %s', (text, value) => expect(parseGoFloat(text)).toBe(value))

  it.each(['', ' ', '.', '1e', '0x10', '0xp1', '1__0', '_1', '1_', '1e400', '+nan', '5m', '1 '])('refuses %j', (text) =>
    expect(parseGoFloat(text)).toBeUndefined(),
  )
})
