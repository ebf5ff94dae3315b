import { describe, expect, test } from 'vitest'
import type { SeriesFilter } from '../query/querier'
import { choicesOfEngine, familiesOfEngine, labelsOfEngine, lately } from './engine-families'

describe('an engine has', () => {
  const told = (type: string) => [{ type, help: 'It is.', unit: '' }]
  const metadata = {
    wait_seconds: told('histogram'),
    jobs: told('counter'),
    queue: told('gauge'),
    gone_total: told('counter'),
  }

  test.each([
    [
      'a histogram once, by the name of all its series',
      ['wait_seconds_bucket', 'wait_seconds_sum', 'wait_seconds_count'],
      [{ name: 'wait_seconds', metric: 'wait_seconds', type: 'histogram', help: 'It is.' }],
    ],
    [
      'a counter whose metadata has no _total',
      ['jobs_created', 'jobs_total'],
      [{ name: 'jobs_total', metric: 'jobs_total', type: 'counter' }],
    ],
    [
      'a recording rule, which nobody describes',
      ['job:x:rate5m'],
      [{ name: 'job:x:rate5m', metric: 'job:x:rate5m', type: 'unknown', help: '' }],
    ],
    [
      'a gauge, and nothing that has metadata and no series',
      ['queue'],
      [{ name: 'queue', metric: 'queue', type: 'gauge' }],
    ],
    ['nothing', [], []],
  ])('%s', async (_, names, expected) => {
    const asked: unknown[] = []
    const querier = {
      metadata: async () => metadata,
      labelValues: async (name: string, filter: SeriesFilter) => {
        asked.push({ name, ...filter })
        return names
      },
    }
    expect(await familiesOfEngine(querier, { selectors: [], startMs: 1000, endMs: 2000 })).toMatchObject(expected)
    expect(asked).toEqual([{ name: '__name__', selectors: [], startMs: 1000, endMs: 2000 }])
  })
})

test.each([
  ['everything', {}, []],
  ['a job', { job: 'a "b"' }, ['{job="a \\"b\\""}']],
  ['a job and a label that is any text', { job: 'a', label: 'odd label' }, ['{job="a", "odd label"!=""}']],
])('of late, of %s', (_, wanted, selectors) => {
  expect(lately(1_000_000, wanted)).toEqual({ selectors, startMs: 100_000, endMs: 1_000_000 })
})

test('the labels of a metric are counted in one question about it alone', async () => {
  const asked: string[] = []
  const querier = {
    labelNames: async ({ selectors }: SeriesFilter) => {
      asked.push(...selectors)
      return ['__name__', 'le', 'mode', 'odd label']
    },
    instant: async (expr: string) => {
      asked.push(expr)
      const series = [
        { labels: { label: '1' }, value: 3 },
        { labels: { label: '0' }, value: 8 },
      ]
      return { type: 'vector' as const, series }
    },
  }
  expect(await labelsOfEngine(querier, 'cpu{job="a"}', 1000, {})).toEqual([
    { name: 'mode', values: 8 },
    { name: 'odd label', values: 3 },
  ])
  expect(asked).toEqual([
    'cpu{job="a"}',
    'label_replace(count(count by (mode) (cpu{job="a"})), "label", "0", "", "")' +
      ' or label_replace(count(count by ("odd label") (cpu{job="a"})), "label", "1", "", "")',
  ])
})

test('it can be filtered by jobs and by labels that are no parts of a distribution', async () => {
  const querier = { labelValues: async () => ['node'], labelNames: async () => ['__name__', 'job', 'le', 'mode'] }
  expect(await choicesOfEngine(querier, 1000)).toEqual({ jobs: ['node'], labels: ['job', 'mode'] })
})
