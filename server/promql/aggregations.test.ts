import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../features'
import { evaluateInstant, evaluateRange } from './engine'
import { ask } from './testing/ask'
import { load } from './testing/series-notation'

const source = load(
  10_000,
  `v{a="1", b="x"} 1 _
   v{a="1", b="y"} 3 2
   v{a="2", b="x"} 5 _
   mixed{n="1"} NaN
   mixed{n="2"} 2
   mixed{n="3"} -1
   nothing_else NaN
   large{n="1"} 1.5e308
   large{n="2"} 1.5e308
   cancelling{n="1"} 1e100
   cancelling{n="2"} 1
   cancelling{n="3"} -1e100
   tied{n="1"} 1
   tied{n="2"} 1
   tied{n="3"} 1`,
)

describe('an aggregation is what its documentation says', () => {
  const cases: [expr: string, lines: string[]][] = [
    ['sum(v)', ['{} 9']],
    ['sum by (a) (v)', ['{a="1"} 4', '{a="2"} 5']],
    ['sum(v) without (a)', ['{b="x"} 6', '{b="y"} 3']],
    ['sum by (c) (v)', ['{} 9']],
    ['sum by (__name__, b) (v)', ['v{b="x"} 6', 'v{b="y"} 3']],
    ['avg(v)', ['{} 3']],
    ['min(v)', ['{} 1']],
    ['max(v)', ['{} 5']],
    ['count by (a) (v)', ['{a="1"} 2', '{a="2"} 1']],
    ['group(v)', ['{} 1']],
    ['stdvar(v)', [`{} ${8 / 3}`]],
    ['stddev(v)', [`{} ${Math.sqrt(8 / 3)}`]],
    ['quantile(0.25, v)', ['{} 2']],
    ['quantile(2, v)', ['{} Infinity']],
    ['count_values("value", v > 1)', ['{value="3"} 1', '{value="5"} 1']],
    ['count_values by (a) ("b", v)', ['{a="1", b="1"} 1', '{a="1", b="3"} 1', '{a="2", b="5"} 1']],
    ['count_values("value", large)', [`{value="15${'0'.repeat(307)}"} 2`]],
    ['topk(2, v)', ['v{a="2", b="x"} 5', 'v{a="1", b="y"} 3']],
    ['bottomk(2, v)', ['v{a="1", b="x"} 1', 'v{a="1", b="y"} 3']],
    ['topk by (a) (1, v)', ['v{a="1", b="y"} 3', 'v{a="2", b="x"} 5']],
    ['topk(0, v)', []],
    ['topk(2.9, v)', ['v{a="2", b="x"} 5', 'v{a="1", b="y"} 3']],
    ['limitk(2, v)', ['v{a="1", b="x"} 1', 'v{a="1", b="y"} 3']],
    ['sum(nothing)', []],

    // NaN
    ['min(mixed)', ['{} -1']],
    ['max(mixed)', ['{} 2']],
    ['max(nothing_else)', ['{} NaN']],
    ['sum(mixed)', ['{} NaN']],
    ['topk(3, mixed)', ['mixed{n="2"} 2', 'mixed{n="3"} -1', 'mixed{n="1"} NaN']],
    ['bottomk(1, mixed)', ['mixed{n="3"} -1']],
    ['quantile(0, mixed)', ['{} NaN']],

    // The limits of floats
    ['sum(large)', ['{} Infinity']],
    ['avg(large)', ['{} 1.5e+308']],
    ['sum(cancelling)', ['{} 1']],
    ['topk(2, tied)', ['tied{n="1"} 1', 'tied{n="2"} 1']],
  ]
  test.each(cases)('%s', async (expr, lines) => expect(await ask(source, expr, 0)).toEqual(lines))
})

test('a group is absent at steps where none of its members is present', async () => {
  const range = { startMs: 0, endMs: 10_000, stepMs: 10_000 }
  const { series } = await evaluateRange(source, 'sum by (b) (v)', range, { lookbackMs: 10_000 })
  expect(series.map(({ labels, points }) => [labels.b, points])).toEqual([
    ['x', [[0, 6]]],
    [
      'y',
      [
        [0, 3],
        [10_000, 2],
      ],
    ],
  ])
})

test('grouping keys never collide, whatever the labels hold', async () => {
  const tricky = load(1000, 't{a="1,b:2", b="3"} 1\n t{a="1", b="2,b:3"} 2')
  expect(await ask(tricky, 'sum by (a, b) (t)', 0)).toHaveLength(2)
  const inherited = load(1000, 't{constructor="x"} 1\n t{toString="y"} 2\n t{__proto__="z"} 4')
  expect(await ask(inherited, 'sum by (constructor) (t)', 0)).toEqual(['{constructor="x"} 1', '{} 6'])
  expect(await ask(inherited, 'sum by (__proto__) (t)', 0)).toEqual(['{} 3', '{__proto__="z"} 4'])
})

test('limit_ratio and its complement share the elements out', async () => {
  const many = load(1000, Array.from({ length: 200 }, (_, i) => `m{i="${i}"} ${i}`).join('\n'))
  const kept = await ask(many, 'limit_ratio(0.3, m)', 0)
  const others = await ask(many, 'limit_ratio(-0.7, m)', 0)
  expect([...kept, ...others].sort()).toEqual((await ask(many, 'm', 0)).sort())
  expect(kept.length).toBeGreaterThan(30)
  expect(kept.length).toBeLessThan(90)
})

test.each([
  ['topk(NaN, v)', 'Parameter value is NaN'],
  ['limitk(1e300, v)', 'Scalar value 1e+300 overflows int64'],
  ['limit_ratio(NaN, v)', 'Ratio value is NaN'],
  ['count_values("", v)', 'invalid label name ""'],
])('%s is refused', async (expr, message) => {
  await expect(evaluateInstant(source, expr, 0, { features: ALL_FEATURES })).rejects.toMatchObject({ message })
})
