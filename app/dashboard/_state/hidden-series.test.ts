import { expect, test } from 'vitest'
import { isolated, parse, toggled } from './hidden-series'

const ALL = ['a', 'b', 'c']

test('a series is hidden, and shown again', () => {
  expect(toggled(new Set(['a']), 'b')).toEqual(['a', 'b'])
  expect(toggled(new Set(['a', 'b']), 'a')).toEqual(['b'])
})

test('one alone is shown, and all again', () => {
  expect(isolated(new Set(), 'b', ALL)).toEqual(['a', 'c'])
  expect(isolated(new Set(['a', 'b']), 'b', ALL)).toEqual(['a', 'c'])
  expect(isolated(new Set(['a', 'c']), 'b', ALL)).toEqual([])
})

test.each([
  ['nothing', '', {}],
  ['no JSON', '{', {}],
  ['something else', '[1]', {}],
  ['what it has written', '{"requests":["a"]}', { requests: ['a'] }],
  ['lists of something else', '{"requests":["a",1],"memory":["b"]}', { memory: ['b'] }],
])('%s is read from the storage', (_, text, hidden) => {
  expect(parse(text)).toEqual(hidden)
})
