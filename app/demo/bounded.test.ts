import { expect, test } from 'vitest'
import { bounded } from './bounded'

test.each([
  ['a number between the bounds stays', '?ms=250', 250],
  ['a missing one is the fallback', '', 120],
  ['no number is the fallback', '?ms=soon', 120],
  ['below the least is the least', '?ms=-5', 0],
  ['above the most is the most', '?ms=1e9', 10_000],
  ['infinity is the most', '?ms=Infinity', 10_000],
  ['a fraction is cut', '?ms=1.9', 1],
  ['an empty one is 0', '?ms=', 0],
])('%s', (_, query, value) => {
  expect(bounded(`http://localhost:3000/demo/slow${query}`, 'ms', 120, 0, 10_000)).toBe(value)
})
