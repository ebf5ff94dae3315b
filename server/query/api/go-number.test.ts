import { describe, expect, it } from 'vitest'
import { parseGoBoolean, parseGoFloat, parseGoInteger } from './go-number'

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

it('integers have 64 bits and no underscores', () => {
  const texts = ['7', '+7', '-0', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '1_0', '']
  expect(texts.map((text) => typeof parseGoInteger(text))).toEqual([
    ...['number', 'number', 'number', 'number', 'string', 'number', 'string', 'string'],
  ])
})

it('booleans have the forms that Go knows', () => {
  expect([parseGoBoolean('T'), parseGoBoolean('false'), parseGoBoolean('yes')]).toEqual([
    true,
    false,
    'strconv.ParseBool: parsing "yes": invalid syntax',
  ])
})
