import { expect, it } from 'vitest'
import { parseGoBoolean, parseGoInteger } from './go-number'

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
