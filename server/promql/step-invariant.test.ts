import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../features'
import type { Expr } from './ast'
import { evaluateRange } from './engine'
import type { SeriesSource } from './evaluation'
import { parseExpr } from './parse'
import { stepInvariantParts } from './step-invariant'
import { load } from './testing/series-notation'

const texts = (text: string) =>
  [...stepInvariantParts(parseExpr(text, ALL_FEATURES))].map(({ from, to }: Expr) => text.slice(from, to)).sort()

describe('what is evaluated once', () => {
  test.each([
    ['a', []],
    ['a @ 5', ['a @ 5']],
    ['1 + 2', ['1 + 2']],
    ['a + b @ end()', ['b @ end()']],
    ['sum(rate(a[5m] @ 5)) / 2', ['sum(rate(a[5m] @ 5)) / 2']],
    ['sum(rate(a[5m])) / sum(rate(a[5m] @ 5))', ['sum(rate(a[5m] @ 5))']],
    ['topk(scalar(b), a @ 5)', ['a @ 5']],
    ['timestamp(a @ 5)', ['a @ 5']],
    ['predict_linear(a[5m] @ 5, 60)', ['a[5m] @ 5']],
    ['rate(a[step() * 2] @ 5)', ['rate(a[step() * 2] @ 5)']],
    ['a + b smoothed @ end()', ['b smoothed @ end()']],
    ['a * (end() - start())', ['(end() - start())']],
    ['a * min_of(time(), step())', ['step()']],
    ['avg_over_time(a[5m:1m] @ 5)', ['avg_over_time(a[5m:1m] @ 5)']],
    ['avg_over_time((a + b @ 5)[5m:1m])', ['b @ 5']],
    ['avg_over_time((a + b @ 5)[5m:1m] @ 7)', ['avg_over_time((a + b @ 5)[5m:1m] @ 7)', 'b @ 5']],
  ])('of %s', (text, parts) => expect(texts(text)).toEqual(parts))
})

test('it holds for every step', async () => {
  const source = load(1000, 'a_total 0+1x60\n b 5x60')
  const selected: string[] = []
  const watched: SeriesSource = {
    select: (matchers, fromMs, toMs) => {
      selected.push(`${matchers[0]?.value} ${fromMs} ${toMs}`)
      return source.select(matchers, fromMs, toMs)
    },
  }
  const range = { startMs: 20_000, endMs: 60_000, stepMs: 20_000 }
  const { series } = await evaluateRange(watched, 'b + on() rate(a_total[10s] @ 30)', range)
  expect(series).toEqual([
    {
      labels: {},
      points: [
        [20_000, 6],
        [40_000, 6],
        [60_000, 6],
      ],
    },
  ])
  expect(selected).toEqual(['b -280000 60000', 'a_total 20000 30000'])
})
