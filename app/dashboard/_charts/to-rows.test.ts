import { describe, expect, test } from 'vitest'
import type { ChartLine } from './chart-line'
import { toRows } from './to-rows'

const line = (...values: (number | null)[]): ChartLine => ({ key: String(values), name: '', colour: 'ok', values })
const frame = { startMs: 10, endMs: 30, ticksMs: [] }

describe('the rows of a chart', () => {
  test('times outside the frame are left out', () => {
    expect(toRows([0, 10, 30, 40], [line(1, 2, 3, 4)], frame, false)).toEqual([
      { timeMs: 10, values: [2] },
      { timeMs: 30, values: [3] },
    ])
  })

  test('NaN, the infinities and gaps are not drawn', () => {
    const values = line(Number.NaN, Number.POSITIVE_INFINITY, null)
    expect(toRows([10, 20, 30], [values], frame, false).map((row) => row.values)).toEqual([[null], [null], [null]])
  })

  test('stacked, a line without a value lets the others stand', () => {
    expect(toRows([10, 20], [line(null, null), line(5, null)], frame, true)).toEqual([
      { timeMs: 10, values: [0, 5] },
      { timeMs: 20, values: [null, null] },
    ])
  })

  test('a line that never had an answer is a gap everywhere', () => {
    expect(toRows([10], [line(), line(7)], frame, false)).toEqual([{ timeMs: 10, values: [null, 7] }])
  })
})
