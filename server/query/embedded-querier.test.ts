import { describe, expect, it } from 'vitest'
import type { Family } from '../exposition/snapshot'
import { NO_FEATURES } from '../features'
import { createExemplarStorage } from '../storage/exemplar-storage'
import { createStorage } from '../storage/storage'
import { createEmbeddedQuerier } from './embedded-querier'

const family = (name: string, help: string): Family => ({ name, type: 'counter', help, unit: '', samples: [] })

function querierOverTwoJobs() {
  const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 100 })
  for (const job of ['a', 'b']) {
    const labels = { __name__: 'requests_total', job, route: `/${job}` }
    for (let second = 0; second <= 60; second++) storage.append(labels, second * 1_000, second * 2)
  }
  storage.append({ __name__: 'up', job: 'a' }, 60_000, 1)
  const families = [family('requests_total', 'Requests.'), family('requests_total', 'Requests.'), family('up', 'Up.')]
  return createEmbeddedQuerier(storage, () => families)
}

const all = { selectors: [], startMs: 0, endMs: 60_000 }

describe('createEmbeddedQuerier', () => {
  it('answers an instant query', async () => {
    const value = await querierOverTwoJobs().instant('sum by (job) (rate(requests_total[30s]))', 60_000)
    const byJob =
      value.type === 'vector'
        ? value.series.toSorted((a, b) => (a.labels.job ?? '').localeCompare(b.labels.job ?? ''))
        : []
    expect(byJob).toEqual([
      { labels: { job: 'a' }, value: 2 },
      { labels: { job: 'b' }, value: 2 },
    ])
  })

  it('answers a range query', async () => {
    const range = { startMs: 30_000, endMs: 60_000, stepMs: 30_000 }
    const matrix = await querierOverTwoJobs().range('sum(requests_total)', range)
    const points = [
      [30_000, 120],
      [60_000, 240],
    ]
    expect(matrix).toEqual({ type: 'matrix', series: [{ labels: {}, points }] })
  })

  it('finds the exemplars of what an expression looks at, in its time', async () => {
    const exemplars = createExemplarStorage(10)
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 100 })
    const exemplar = (value: number) => ({ labels: { trace_id: `${value}` }, value })
    exemplars.append({ __name__: 'x_bucket', le: '1' }, exemplar(0.5), 1_000)
    exemplars.append({ __name__: 'x_bucket', le: '1' }, exemplar(0.6), 2_000)
    exemplars.append({ __name__: 'y_bucket', le: '1' }, exemplar(0.7), 1_500)
    const querier = createEmbeddedQuerier(storage, () => [], NO_FEATURES, exemplars)
    const asked = 'histogram_quantile(0.9, sum by (le) (rate(x_bucket[1m])))'
    const [found, ...others] = await querier.exemplars(asked, { startMs: 1_000, endMs: 1_900 })
    expect(others).toEqual([])
    expect(found?.exemplars.map(({ value }) => value)).toEqual([0.5])
    expect(await querier.exemplars('1 + 1', { startMs: 0, endMs: 9_000 })).toEqual([])
  })

  it('finds series by any of several selectors, each once', async () => {
    const querier = querierOverTwoJobs()
    const selectors = ['requests_total{job="a"}', '{job=~"a|c"}']
    const series = await querier.series({ ...all, selectors })
    expect(series.map((labels) => labels.__name__)).toEqual(['requests_total', 'up'])
  })

  it('lists label names and values', async () => {
    const querier = querierOverTwoJobs()
    expect(await querier.labelNames(all)).toEqual(['__name__', 'job', 'route'])
    expect(await querier.labelNames({ ...all, selectors: ['up'] })).toEqual(['__name__', 'job'])
    expect(await querier.labelValues('job', all)).toEqual(['a', 'b'])
    expect(await querier.labelValues('constructor', all)).toEqual([])
  })

  it('refuses what is no selector', async () => {
    await expect(querierOverTwoJobs().series({ ...all, selectors: ['sum(up)'] })).rejects.toThrow(
      'expected a series selector such as up{job="a"}, got "sum(up)"',
    )
  })

  it('describes each family once', async () => {
    const metadata = await querierOverTwoJobs().metadata()
    expect(metadata.requests_total).toEqual([{ type: 'counter', help: 'Requests.', unit: '' }])
  })
})
