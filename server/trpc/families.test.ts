import { describe, expect, test } from 'vitest'
import { parseExposition } from '../exposition/parse'
import { Turns } from '../promql/turns'
import type { SeriesFilter } from '../query/querier'
import { familiesOfEngine, isHearth, summariesOf } from './families'

const snapshotOf = (text: string) => ({ takenAtMs: 0, families: parseExposition(text) })

const SHOP = `# TYPE cpu_seconds_total counter
cpu_seconds_total{cpu="0",mode="idle"} 1
cpu_seconds_total{cpu="0",mode="user"} 1
cpu_seconds_total{cpu="1",mode="idle"} 1
cpu_seconds_total{cpu="1",mode="user"} 1
# TYPE wait_seconds histogram
wait_seconds_bucket{job="mail",le="1"} 1
wait_seconds_bucket{job="mail",le="+Inf"} 1
wait_seconds_count{job="mail"} 1
wait_seconds_sum{job="mail"} 1
`

test('a family is told by its series, whatever the parts of a distribution', async () => {
  const [cpu, wait] = await new Turns().finish(summariesOf(snapshotOf(SHOP)))
  expect(cpu).toMatchObject({ metric: 'cpu_seconds_total', type: 'counter', seriesCount: 4 })
  expect(cpu?.labels).toEqual([
    { name: 'cpu', values: 2 },
    { name: 'mode', values: 2 },
  ])
  // The storage has its own job.
  expect(wait).toMatchObject({ metric: 'wait_seconds', seriesCount: 1, labels: [{ name: 'exported_job', values: 1 }] })
})

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
      ['jobs_total'],
      [{ name: 'jobs', metric: 'jobs_total', type: 'counter' }],
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
    expect(await familiesOfEngine(querier, 1000, 2000)).toMatchObject(expected)
    expect(asked).toEqual([{ name: '__name__', selectors: [], startMs: 1000, endMs: 2000 }])
  })
})

describe('a Hearth', () => {
  test.each([
    ['has our counter with our labels', 'requests_total{method="GET",route="/",status="200"} 1\n', true],
    ['may have counted nothing yet', '# TYPE requests_total counter\n', true],
    ['is not whoever has a counter of that name', 'requests_total{code="200"} 1\n', false],
    ['is not whoever has other metrics', SHOP, false],
  ])('%s', (_, text, is) => expect(isHearth(snapshotOf(text))).toBe(is))

  test('is not known before the first scrape', () => expect(isHearth(undefined)).toBeUndefined())
})
