import { describe, expect, test } from 'vitest'
import type { LiveSeries } from '../_live/live-board'
import { toCostWords } from './cost-words'
import type { Labels } from './promql-api'
import { parse, withAsked, withStar } from './query-memory'
import { toCommon, toSeries, toSeriesName, toShape } from './shape'
import { filterRows, sortRows, toExact, toTable, toWidths } from './table-rows'
import type { AskedQuery, InstantTold, RangeTold } from './use-told'

const remarks = { warnings: [], infos: [], isCut: false, cost: { series: 1, samples: 2, seconds: 0.0041, tookMs: 9 } }
const query = (place: number, legend = ''): AskedQuery => ({
  place,
  typed: 'q',
  expr: 'q',
  legend,
  toTyped: (at) => at,
})

const lineOf = (labels: Labels, values: (number | null)[] = [1, 2]): LiveSeries => ({
  key: JSON.stringify(labels),
  labels,
  values,
})
const toldOf = (...lists: LiveSeries[][]): RangeTold => ({
  kind: 'range',
  steps: { startMs: 0, endMs: 1000, stepMs: 1000 },
  tookMs: 1,
  results: lists.map((series, place) => ({ query: query(place), answer: { ...remarks, series } })),
})
const bounds = ['0.1', '1', '+Inf'].map((le) => lineOf({ le }))

describe('the chart that fits', () => {
  test.each<[string, RangeTold, string]>([
    ['buckets of a histogram are a heat map', toldOf(bounds), 'heatmap'],
    ['of two histograms they are lines', toldOf(bounds, bounds), 'lines'],
    [
      'of one by another label as well, too',
      toldOf([...bounds, ...bounds.map((b) => lineOf({ ...b.labels, a: 'x' }))]),
      'lines',
    ],
    ['a constant without labels is a number', toldOf([lineOf({}, [3, 3])]), 'number'],
    ['what changes is a line', toldOf([lineOf({}, [3, 4])]), 'lines'],
    ['what has labels is a line', toldOf([lineOf({ a: 'b' }, [1, 1])]), 'lines'],
    ['nothing is lines', toldOf([]), 'lines'],
  ])('%s', (_, told, shape) => expect(toShape(toSeries(told), 'auto')).toBe(shape))

  test('the reader may choose another one', () => expect(toShape(toSeries(toldOf(bounds)), 'stack')).toBe('stack'))

  test('series of different queries are different, whatever their labels', () => {
    const series = toSeries(toldOf([lineOf({ a: 'b' })], [lineOf({ a: 'b' })]))
    expect(new Set(series.map(({ key }) => key)).size).toBe(2)
    expect(new Set(series.map(({ colour }) => colour)).size).toBe(2)
  })

  test('what all have alike is left out of their names', () => {
    const told = toldOf([
      lineOf({ __name__: 'up', job: 'a', zone: 'x' }),
      lineOf({ __name__: 'up', job: 'b', zone: 'x' }),
    ])
    expect(toSeries(told).map(({ name }) => name)).toEqual(['up{job="a"}', 'up{job="b"}'])
    expect(toCommon(told)).toEqual({ zone: 'x' })
    expect(toCommon(toldOf([lineOf({ zone: 'x' })]))).toEqual({})
  })

  test.each([
    ['as Prometheus writes it', '', { __name__: 'up', job: 'a"b' }, 'up{job="a\\"b"}'],
    ['by its legend', '{{ job }} here', { job: 'x' }, 'x here'],
    ['without a name', '', { a: 'b' }, '{a="b"}'],
  ])('a series is called %s', (_, legend, labels, name) => expect(toSeriesName(legend, labels)).toBe(name))
})

describe('a table', () => {
  const told: InstantTold = {
    kind: 'instant',
    endMs: 0,
    tookMs: 1,
    results: [
      {
        query: query(0),
        answer: {
          ...remarks,
          type: 'vector',
          rows: [
            { labels: { __name__: 'up', job: 'b10' }, value: 1 },
            { labels: { __name__: 'up', job: 'b9', zone: 'x' }, value: Number.NaN },
            { labels: { __name__: 'up', job: 'a' }, value: Number.POSITIVE_INFINITY },
          ],
        },
      },
    ],
  }
  const table = toTable(told)
  const jobs = (order: string | undefined) => sortRows(table, order).map(({ cells }) => cells[1])

  test('has a column for each label, the name first and the value last', () => {
    expect(table.columns).toEqual(['__name__', 'job', 'zone', 'Value'])
  })

  test.each([
    ['as answered', undefined, ['b10', 'b9', 'a']],
    ['by a column that is not there, as answered', 'size', ['b10', 'b9', 'a']],
    ['by a label, numbers in it by their size', 'job', ['a', 'b9', 'b10']],
    ['by the value', 'Value', ['b9', 'b10', 'a']],
    ['by the value, the largest first', '-Value', ['a', 'b10', 'b9']],
  ])('is sorted %s', (_, order, expected) => expect(jobs(order)).toEqual(expected))

  test('shows the rows that have all words of the filter', () => {
    expect(filterRows(table.rows, ' UP x')).toHaveLength(1)
    expect(filterRows(table.rows, 'inf')).toHaveLength(1)
    expect(filterRows(table.rows, '')).toHaveLength(3)
  })

  test('is as wide as its longest cells and its names', () => {
    expect(toWidths(table, 'plain')).toEqual(['__name__ ↓', 'job ↓', 'zone ↓', 'Value ↓'].map(({ length }) => length))
    const long = { ...table, rows: [{ key: 'a', cells: ['up', 'a'.repeat(99), ''], value: 0.1 + 0.2 }] }
    expect(toWidths(long, 'plain')).toEqual([10, 60, 6, 19])
  })

  test('has the newest points of a range', () => {
    const points = Array.from({ length: 7 }, (_, i) => [i * 1000, i] as const)
    expect(toExact(points).split('\n')).toEqual(['… 7 points', '2 @2', '3 @3', '4 @4', '5 @5', '6 @6'])
  })
})

test('the cost is said as the server says it', () => {
  expect(toCostWords(remarks)).toBe('1 series, 2 samples, 4.1 ms')
  expect(
    toCostWords({ isCut: true, cost: { series: 2000, samples: undefined, seconds: undefined, tookMs: 12.34 } }),
  ).toBe('more than 2,000 series, 12.3 ms with the way')
})

describe('the queries that are remembered', () => {
  test('the newest first, each once, and no more than there may be', () => {
    const before = parse(JSON.stringify({ recent: Array.from({ length: 50 }, (_, i) => `q${i}`) }))
    const { recent } = withAsked(before, ['q7', ' ', 'new'])
    expect(recent.slice(0, 3)).toEqual(['q7', 'new', 'q0'])
    expect(recent).toHaveLength(50)
  })

  test('a star comes and goes', () => {
    const starred = withStar({ recent: [], starred: ['a'] }, 'b')
    expect(starred.starred).toEqual(['b', 'a'])
    expect(withStar(starred, 'a').starred).toEqual(['b'])
  })

  test.each(['', 'null', '[]', '{"recent":3,"starred":[1,"a"]}'])('what is none of ours is left out: %s', (text) => {
    expect(parse(text).recent).toEqual([])
  })
})
