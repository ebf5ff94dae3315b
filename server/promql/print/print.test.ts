// What a real Prometheus before 3.14 can't be asked to print. Printed once more, it stays as it is.
import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../../features'
import { parseExpr } from '../parse'
import { prettify } from './prettify'

const print = (text: string) => prettify(parseExpr(text, ALL_FEATURES))

describe('an expression is printed', () => {
  test.each([
    ['with durations as they are computed', 'a[5m*2+(3-1m)]', 'a[5m * 2 + (3 - 1m)]'],
    ['with words in durations', 'a[MAX_OF(step(),5s)+range()]', 'a[max_of(step(), 5s) + range()]'],
    ['with a sign before an expression', 'a offset -(step()*2)', 'a offset -(step() * 2)'],
    [
      'with durations of a subquery',
      'a[step():min_of(1m,step())] offset step()',
      'a[step():min_of(1m, step())] offset step()',
    ],
    ['with literals where the parentheses say nothing', 'a[(5m)] offset -(1m)', 'a[5m] offset -1m'],
    ['with edges before the time', 'rate(a[5m] smoothed @ 5 offset 1m)', 'rate(a[5m] smoothed @ 5.000 offset 1m)'],
    ['with edges of an instant', 'a{b="c"} anchored', 'a{b="c"} anchored'],
    ['with a value to fill in, and one for both sides as of 3.13', 'a + fill_left(0) fill_right(0) b', 'a + fill(0) b'],
    [
      'with two different ones',
      'a+on(c)group_left(d)fill_right(-1)fill_left(2)b',
      'a + on (c) group_left (d) fill_left(2) fill_right(-1) b',
    ],
    [
      'with an empty ignoring before a group, as of 3.9',
      'a + ignoring() group_left(c) b',
      'a + ignoring () group_left (c) b',
    ],
    ['with operators that trim', 'a </ 3 >/ b', 'a </ 3 >/ b'],
    ['with the words as names', 'anchored + fill{step="x"}', 'anchored + fill{step="x"}'],
    ['with bytes that are no text', String.raw`label_join(a, "\xff\n", "")`, String.raw`label_join(a, "\xff\n", "")`],
  ])('%s', (_, text, printed) => {
    expect(print(text)).toBe(printed)
    expect(print(printed)).toBe(printed)
  })
})
