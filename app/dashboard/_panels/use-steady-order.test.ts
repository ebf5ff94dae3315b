import { describe, expect, test } from 'vitest'
import { keepOrder } from './use-steady-order'

describe('under the reader', () => {
  test.each([
    ['what has moved stays', ['a', 'b', 'c'], ['c', 'a', 'b'], 'abc', ['a', 'b', 'c']],
    ['what is new comes last', ['a', 'b'], ['c', 'b', 'a'], 'abc', ['a', 'b', 'c']],
    ['what is no longer among the first stays', ['a', 'b'], ['b', 'c'], 'abc', ['a', 'b', 'c']],
    ['what is gone is gone', ['a', 'b'], ['b'], 'b', ['b']],
  ])('%s', (_, before, now, all, order) => expect(keepOrder(before, now, new Set(all))).toEqual(order))
})
