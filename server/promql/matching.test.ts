import { describe, expect, test } from 'vitest'
import { evaluateInstant } from './engine'
import { ask } from './testing/ask'
import { load } from './testing/series-notation'

// The example of Prometheus's documentation.
const source = load(
  1000,
  `errors{method="get", code="500"} 24
   errors{method="get", code="404"} 30
   errors{method="put", code="501"} 3
   errors{method="post", code="500"} 6
   errors{method="post", code="404"} 21
   requests{method="get"} 600
   requests{method="del"} 34
   requests{method="post"} 120
   total{method="get"} 600
   doubled{method="get", n="1"} 1
   doubled{method="get", n="2"} 2`,
)

describe('vectors are paired', () => {
  test.each([
    ['one to one', 'errors{code="500"} / ignoring(code) requests', ['{method="get"} 0.04', '{method="post"} 0.05']],
    ['on some labels', 'errors{code="500"} / on(method) requests', ['{method="get"} 0.04', '{method="post"} 0.05']],
    [
      'many to one',
      'errors{code="404"} / on(method) group_left requests',
      ['{code="404", method="get"} 0.05', '{code="404", method="post"} 0.175'],
    ],
    [
      'one to many',
      'requests / on(method) group_right errors{code="404"}',
      ['{code="404", method="get"} 20', '{code="404", method="post"} 5.714285714285714'],
    ],
    [
      'with labels from the side of one',
      'requests{method="get"} * on(method) group_left(n) doubled{n="2"}',
      ['{method="get", n="2"} 1200'],
    ],
    [
      'and filtered, with the left value and name',
      'requests > ignoring(code) errors{code="500"}',
      ['{method="get"} 600', '{method="post"} 120'].map((line) => `requests${line}`),
    ],
    ['and compared', 'requests < bool ignoring(code) errors{code="500"}', ['{method="get"} 0', '{method="post"} 0']],
    [
      'and kept by `and`, whatever their values',
      'errors and on(method) requests{method="get"}',
      ['errors{code="500", method="get"} 24', 'errors{code="404", method="get"} 30'],
    ],
    ['and left out by `unless`', 'requests unless on(method) errors', ['requests{method="del"} 34']],
    [
      'and joined by `or`',
      'requests{method="put"} or on(method) requests{method="del"} or doubled{n="1"}',
      ['requests{method="del"} 34', 'doubled{method="get", n="1"} 1'],
    ],
  ])('%s: %s', async (_, expr, lines) => expect(await ask(source, expr, 0)).toEqual(lines))
})

describe('pairs that are not unique are refused', () => {
  test.each([
    [
      'requests / on(method) doubled',
      'found duplicate series for the match group {method="get"} on the right hand-side of the operation: [{__name__="doubled", method="get", n="2"}, {__name__="doubled", method="get", n="1"}];many-to-many matching not allowed: matching labels must be unique on one side',
    ],
    [
      'errors / on(method) requests',
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    ],
    [
      'errors{method="get"} / on(method) group_left(code) requests',
      'multiple matches for labels: grouping labels must ensure unique matches',
    ],
    ['abs({__name__=~"requests|total"})', 'vector cannot contain metrics with the same labelset'],
  ])('%s', async (expr, message) => {
    await expect(evaluateInstant(source, expr, 0)).rejects.toMatchObject({ message })
  })

  test('at the steps where they meet, and at no others', async () => {
    const apart = load(1000, 'a{n="1"} 1 stale\n a{n="2"} _ 2\n b 10 10')
    expect(await ask(apart, 'b / on() a', 0)).toEqual(['{} 10'])
    expect(await ask(apart, 'b / on() a', 1000)).toEqual(['{} 5'])
  })
})
