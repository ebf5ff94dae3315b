// The client with which codemirror-promql, the editor in Prometheus's and others' pages, asks what to complete with.
import { HTTPPrometheusClient } from '@prometheus-io/codemirror-promql/dist/cjs/client/prometheus'
import { describe, expect, it } from 'vitest'
import { createPrometheusApi } from './prometheus-api'
import { sourcesOf } from './testing/sources-of'

const nowMs = Date.now()
const seriesOf = (labels: Record<string, string>) => ({
  labels,
  timestampsMs: Float64Array.of(nowMs - 1000),
  values: Float64Array.of(1),
  stale: undefined,
})
const up = { __name__: 'up', job: 'shop', instance: 'shop:8000' }
const requests = { __name__: 'requests_total', job: 'shop', route: '/users/[id]', status: '200' }
const api = createPrometheusApi(
  sourcesOf({
    series: [seriesOf(up), seriesOf(requests), seriesOf({ ...requests, status: '404' })],
    targets: [
      {
        job: 'shop',
        instance: 'shop:8000',
        labels: {},
        url: 'http://shop:8000/metrics',
        timeoutMs: 1000,
        up: true,
        lastScrapeMs: nowMs,
        lastUpMs: nowMs,
        lastDurationSeconds: 0,
        lastError: undefined,
        samples: 1,
      },
    ],
    snapshots: {
      'shop at shop:8000': {
        takenAtMs: nowMs,
        families: [{ name: 'requests_total', type: 'counter', help: 'Requests.', unit: '', samples: [] }],
      },
    },
  }),
)

describe.each(['GET', 'POST'] as const)('codemirror-promql by %s', (httpMethod) => {
  const errors: unknown[] = []
  const client = new HTTPPrometheusClient({
    url: 'http://localhost/prometheus',
    httpMethod,
    lookbackInterval: 3_600_000,
    httpErrorHandler: (error) => errors.push(error),
    fetchFn: (input, init) => api(new Request(input, init)),
  })

  it('finds metrics, labels and their values', async () => {
    expect(await client.metricNames()).toEqual(['requests_total', 'up'])
    expect(await client.labelNames()).toEqual(['__name__', 'instance', 'job', 'route', 'status'])
    expect(await client.labelNames('up')).toEqual(['__name__', 'instance', 'job'])
    expect(await client.labelValues('status', 'requests_total')).toEqual(['200', '404'])
    expect(errors).toEqual([])
  })

  it('finds series, what metrics mean, and what the language can do', async () => {
    expect(await client.series('up')).toEqual([up])
    expect(await client.metricMetadata()).toEqual({
      requests_total: [{ type: 'counter', help: 'Requests.', unit: '' }],
    })
    expect((await client.flags())['enable-feature']).toContain('promql-experimental-functions')
    expect(errors).toEqual([])
  })
})
