import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHeat, toHeatLevel, toHeatPath } from './heat'

const series = (le: string, values: (number | null)[]) => ({ key: le, labels: { le }, values })
const second = (count: number) => Array.from({ length: count }, (_, i) => (i + 1) * 1000)

describe('the heat map', () => {
  test('a point belongs to the column that ends with it', () => {
    const { columns } = toHeat([1000, 2000], [series('0.1', [1, 4])], { startMs: 0, endMs: 2000, ticksMs: [] }, 1000)
    expect(columns).toEqual([
      { startMs: 0, endMs: 1000, counts: [1] },
      { startMs: 1000, endMs: 2000, counts: [4] },
    ])
  })

  test('a latency of 120 ms is in the cell between 100 and 250 ms, at its time', () => {
    const values = ['0.05', '0.1', '0.25', '+Inf'].map((le) =>
      series(le, le > '0.1' || le === '+Inf' ? [0, 1] : [0, 0]),
    )
    const { bounds, columns } = toHeat([1000, 2000], values, { startMs: 0, endMs: 2000, ticksMs: [] }, 1000)
    expect(bounds).toEqual([0.05, 0.1, 0.25, Number.POSITIVE_INFINITY])
    expect(columns.map(({ counts }) => counts)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 1, 0],
    ])
  })

  test('many points share a column, which holds their mean', () => {
    const timesMs = second(300)
    const frame = { startMs: 0, endMs: 300_000, ticksMs: [] }
    const { columns, max } = toHeat(
      timesMs,
      [
        series(
          '+Inf',
          timesMs.map((_, i) => i % 3),
        ),
      ],
      frame,
      1000,
    )
    expect(columns).toHaveLength(100)
    expect(columns.every(({ counts }) => counts[0] === 1)).toBe(true)
    expect(max).toBe(1)
  })

  test('columns keep their place while the window slides over them', () => {
    const timesMs = second(320)
    const values = [
      series(
        '+Inf',
        timesMs.map((t) => (t / 1000) % 7),
      ),
    ]
    const columnsAt = (endMs: number) =>
      toHeat(timesMs, values, { startMs: endMs - 300_000, endMs, ticksMs: [] }, 1000).columns
    const before = columnsAt(300_000).slice(1)
    const after = columnsAt(302_000)
    expect(after).toEqual(expect.arrayContaining(before.slice(1)))
  })

  test('a gap has no column', () => {
    const frame = { startMs: 0, endMs: 3000, ticksMs: [] }
    const { columns } = toHeat(second(3), [series('+Inf', [1, null, 1])], frame, 1000)
    expect(columns.map(({ endMs }) => endMs)).toEqual([1000, 3000])
  })

  test('every cell of every column is drawn exactly once', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(counts, counts, (low, high) => {
        const timesMs = second(low.length)
        const frame = { startMs: 0, endMs: low.length * 1000, ticksMs: [] }
        const values = [
          series('1', low),
          series(
            '+Inf',
            low.map((value, i) => value + (high[i] ?? 0)),
          ),
        ]
        const heat = toHeat(timesMs, values, frame, 1000)
        const cells = [0, 1, 2, 3, 4, 5].map((level) => toHeatPath(heat, frame, level).match(/M/g)?.length ?? 0)
        expect(cells.reduce((sum, n) => sum + n, 0)).toBe(2 * low.length)
      }),
    )
  })

  test('one request among thousands is seen, none is none, the most is the hottest', () => {
    expect([0, 1, 5000, 10_000].map((count) => toHeatLevel(count, 10_000))).toEqual([0, 1, 4, 5])
    expect(toHeatLevel(0, 0)).toBe(0)
  })
})
