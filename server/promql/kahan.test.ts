import { describe, expect, test } from 'vitest'
import { kahanAdd, kahanMean } from './kahan'

const sumOf = (values: number[]) => {
  const running = { sum: 0, compensation: 0 }
  for (const value of values) kahanAdd(running, value)
  return running.sum + running.compensation
}
const meanOf = (values: number[]) => kahanMean(values.length, (i) => values[i] ?? 0)

describe('a compensated sum', () => {
  test.each([
    ['keeps what a plain sum loses', [1, 1e100, 1, -1e100], 2],
    ['of many tenths is exact', new Array(10).fill(0.1), 1],
    ['that overflows is infinite, not NaN', [1e308, 1e308], Number.POSITIVE_INFINITY],
  ])('%s', (_, values, sum) => expect(sumOf(values)).toBe(sum))
})

describe('a mean', () => {
  test.each([
    ['of values whose sum overflows is finite', [1.5e308, 1.5e308, -1.5e308], 5e307],
    ['keeps what a plain sum loses', [1, 1e100, 1, -1e100], 0.5],
    ['of an infinity is infinite', [1, Number.POSITIVE_INFINITY, 2], Number.POSITIVE_INFINITY],
    ['of both infinities is NaN', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.NaN],
  ])('%s', (_, values, mean) => expect(meanOf(values)).toBe(mean))
})
