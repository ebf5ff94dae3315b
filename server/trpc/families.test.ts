import { describe, expect, test } from 'vitest'
import { parseExposition } from '../exposition/parse'
import { Turns } from '../promql/turns'
import { isHearth, summariesOf } from './families'

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
  const [cpu, wait] = await new Turns().finish(
    summariesOf([{ job: 'shop', instance: 'a:1', labels: {}, snapshot: snapshotOf(SHOP) }]),
  )
  expect(cpu).toMatchObject({ metric: 'cpu_seconds_total', type: 'counter', seriesCount: 4 })
  expect(cpu?.labels).toEqual([
    { name: 'cpu', values: 2 },
    { name: 'mode', values: 2 },
  ])
  // The storage has its own job.
  expect(wait).toMatchObject({ metric: 'wait_seconds', seriesCount: 1, labels: [{ name: 'exported_job', values: 1 }] })
})

test('a counter has the name of its samples, as PromQL has it', async () => {
  const snapshot = {
    takenAtMs: 0,
    families: parseExposition(
      '# TYPE jobs counter\njobs_total 1\njobs_created 1\n# EOF\n',
      'application/openmetrics-text; version=1.0.0',
    ),
  }
  const [jobs] = await new Turns().finish(summariesOf([{ job: 'shop', instance: 'a:1', labels: {}, snapshot }]))
  expect(jobs).toMatchObject({ name: 'jobs_total', metric: 'jobs_total', type: 'counter', seriesCount: 1 })
})

test('targets are counted together, and tell their series apart by job and instance', async () => {
  const exposed = ['a:1', 'b:1'].map((instance) => ({
    job: 'shop',
    instance,
    labels: { mode: 'x' },
    snapshot: snapshotOf(SHOP),
  }))
  const other = { job: 'mail', instance: 'c:1', labels: {}, snapshot: snapshotOf('# TYPE queue gauge\nqueue 1\n') }
  const firstSamples = new Map([
    ['cpu_seconds_total', 1000],
    ['wait_seconds_count', 2000],
  ])
  const [cpu, wait, queue] = await new Turns().finish(summariesOf([...exposed, other], firstSamples))
  expect(cpu).toMatchObject({ seriesCount: 8, sinceMs: 1000 })
  expect(cpu?.labels).toEqual([
    { name: 'cpu', values: 2 },
    { name: 'exported_mode', values: 2 },
    { name: 'mode', values: 1 },
    { name: 'job', values: 1 },
    { name: 'instance', values: 2 },
  ])
  expect(wait).toMatchObject({ seriesCount: 2, sinceMs: 2000 })
  expect(queue).toMatchObject({ name: 'queue', seriesCount: 1, sinceMs: undefined })
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
