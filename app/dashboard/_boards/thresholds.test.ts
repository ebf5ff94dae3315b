import { describe, expect, test } from 'vitest'
import type { Thresholds } from './thresholds'
import { toLevel, worstOf } from './thresholds'

const thresholds: Thresholds = { warning: 0.01, bad: 0.05, unit: 'percent', says: '$value errors', window: 'now' }

describe('a value', () => {
  test.each([
    ['below the warning is good', 0.009, 'good'],
    ['at the warning is one', 0.01, 'warning'],
    ['at the second threshold is bad', 0.05, 'bad'],
    ['far above is bad', 1, 'bad'],
    ['that is infinite is bad', Number.POSITIVE_INFINITY, 'bad'],
    ['of 0/0 is not judged', Number.NaN, undefined],
    ['that is a gap is not judged', null, undefined],
    ['that is not there is not judged', undefined, undefined],
  ] as const)('%s', (_, value, level) => expect(toLevel(value, thresholds)).toBe(level))
})

test('the worst is the first of those that are as bad', () => {
  const all = [{ level: 'good' }, { level: 'warning', at: 1 }, { level: 'warning', at: 2 }] as const
  expect(worstOf(all)).toBe(all[1])
  expect(worstOf([])).toBeUndefined()
})
