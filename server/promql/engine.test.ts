import { describe, expect, test } from 'vitest'
import { evaluateInstant, evaluateRange } from './engine'
import { PromqlError } from './promql-error'
import { seriesList } from './series-list'

const everySecond = (labels: Record<string, string>, seconds: number, valueAt: (second: number) => number) => ({
  labels,
  timestampsMs: Float64Array.from({ length: seconds }, (_, i) => i * 1000),
  values: Float64Array.from({ length: seconds }, (_, i) => valueAt(i)),
  stale: undefined,
})

const source = seriesList([
  everySecond({ __name__: 'requests_total', route: '/' }, 601, (second) => second),
  everySecond({ __name__: 'requests_total', route: '/slow' }, 601, (second) => second % 100),
  everySecond({ __name__: 'limit', route: '/' }, 601, () => 250),
])

describe('an instant query', () => {
  const cases: [sentence: string, expr: string, value: unknown][] = [
    ['reads a scalar', '1 + 2 * 3', { type: 'scalar', value: 7 }],
    ['binds ^ before a sign, and to the right', '-2 ^ 3 ^ 0', { type: 'scalar', value: -2 }],
    ['reads a string', String.raw`"a\x41"`, { type: 'string', value: 'aA' }],
    [
      'takes the newest sample',
      'limit',
      { type: 'vector', series: [{ labels: { __name__: 'limit', route: '/' }, value: 250 }] },
    ],
    [
      'keeps the left value and name of a filter',
      'requests_total > 250',
      { type: 'vector', series: [{ labels: { __name__: 'requests_total', route: '/' }, value: 500 }] },
    ],
    [
      'pairs vectors by their labels',
      'requests_total - limit',
      { type: 'vector', series: [{ labels: { route: '/' }, value: 250 }] },
    ],
    [
      'sums what a counter gained, resets included',
      'sum by (route) (increase(requests_total[100s:10s] offset 50s))',
      {
        type: 'vector',
        series: [
          { labels: { route: '/' }, value: 100 },
          { labels: { route: '/slow' }, value: 80 * (100 / 90) },
        ],
      },
    ],
  ]
  test.each(cases)('%s', async (_, expr, value) => {
    expect(await evaluateInstant(source, expr, 500_000)).toEqual(value)
  })

  test('names the place of what is wrong', async () => {
    const wrong = evaluateInstant(source, 'sum(\n  rate(limit))', 500_000)
    await expect(wrong).rejects.toThrow(PromqlError)
    await expect(wrong).rejects.toMatchObject({
      message: '2:8: parse error: expected type range vector in call to function "rate", got instant vector',
      from: 12,
      to: 17,
    })
  })
})

test('a range query answers at each of its steps, its end included', async () => {
  const matrix = await evaluateRange(source, 'rate(limit[1m]) + 1', { startMs: 60_000, endMs: 80_000, stepMs: 10_000 })
  const points = [60_000, 70_000, 80_000].map((tMs) => [tMs, 1])
  expect(matrix).toEqual({ type: 'matrix', series: [{ labels: { route: '/' }, points }] })
})
