import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Family } from '../../exposition/snapshot'
import type { TargetStatus } from '../../scrape/target'
import { createPrometheusApi } from './prometheus-api'
import type { Sources } from './sources'
import type { Held } from './testing/sources-of'
import { sourcesOf } from './testing/sources-of'

const up = {
  labels: { __name__: 'up', job: 'a' },
  timestampsMs: Float64Array.of(1000, 2000),
  values: Float64Array.of(1, 1),
  stale: undefined,
}
const target: TargetStatus = {
  job: 'shop',
  instance: 'shop:8000',
  labels: {},
  url: 'http://shop:8000/metrics',
  timeoutMs: 1000,
  up: true,
  lastScrapeMs: 2000,
  lastUpMs: 2000,
  lastDurationSeconds: 0.25,
  lastError: undefined,
  samples: 1,
}
const family = (name: string, help: string): Family => ({ name, type: 'counter', help, unit: '', samples: [] })

function apiOver(held: Held, changes: Partial<Sources> = {}) {
  const api = createPrometheusApi({ ...sourcesOf(held), ...changes })
  return async (path: string, init: RequestInit = {}) => {
    const response = await api(new Request(`http://localhost/prometheus/${path}`, init))
    return { status: response.status, body: await response.text() }
  }
}
const dataOf = ({ body }: { body: string }) => JSON.parse(body).data

afterEach(() => vi.restoreAllMocks())

describe('a query', () => {
  it('is evaluated now where no time is given', async () => {
    const ask = apiOver({ series: [up] }, { nowMs: () => 2500 })
    expect(dataOf(await ask('api/v1/query?query=up')).result).toEqual([{ metric: up.labels, value: [2.5, '1'] }])
  })

  it.each([
    ['touches too many samples', 'query=up[5m]', 422, 'execution', 'query processing would load too many samples'],
    ['has no time', 'query=up&timeout=0', 503, 'timeout', 'query timed out in query execution'],
  ])('that %s is given up', async (_, fields, status, errorType, error) => {
    const sources = sourcesOf({ series: [up] })
    const ask = apiOver({ series: [up] }, { settings: { ...sources.settings, maxSamples: 1 } })
    const answer = await ask(`api/v1/query?${fields}`)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toEqual({ status: 'error', errorType, error: expect.stringContaining(error) })
  })

  it('whose client has left is given up', async () => {
    const signal = AbortSignal.abort()
    const answer = await apiOver({ series: [up] })('api/v1/query?query=up', { signal })
    expect(answer.status).toBe(499)
    expect(JSON.parse(answer.body).errorType).toBe('canceled')
  })

  it('that meets a bug is an internal error, and logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { storage } = sourcesOf({})
    const held = () => {
      throw new TypeError('a bug')
    }
    const answer = await apiOver({}, { storage: { ...storage, held } })('api/v1/query?query=up')
    expect(answer.status).toBe(500)
    expect(JSON.parse(answer.body)).toEqual({ status: 'error', errorType: 'internal', error: 'a bug' })
    expect(log).toHaveBeenCalledOnce()
  })

  it('has ten warnings and infos at most', async () => {
    const expr = Array.from({ length: 12 }, (_, i) => `rate(up${i}[1m])`).join(' or ')
    const series = Array.from({ length: 12 }, (_, i) => ({ ...up, labels: { __name__: `up${i}`, i: `${i}` } }))
    const answer = await apiOver({ series })(`api/v1/query?query=${encodeURIComponent(expr)}`)
    const { infos } = JSON.parse(answer.body)
    expect([infos.length, infos.at(-1)]).toEqual([11, '2 more info annotations omitted'])
  })
})

describe('a search for series', () => {
  const series = [up, { ...up, labels: { __name__: 'long', a: 'x'.repeat(3000) } }]
  const post = (path: string, fields: [string, string][], init: RequestInit = {}): [string, RequestInit] => [
    `api/v1/${path}`,
    { method: 'POST', body: new URLSearchParams(fields), ...init },
  ]
  const refusal = 'a regular expression would take more than 250000 steps to try a label value of 3000 characters'

  it('has as many selectors as somebody can mean', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, i): [string, string] => ['match[]', `up${i}`])
    const ask = apiOver({ series })
    expect(dataOf(await ask(...post('labels', [...fields(2000), ['match[]', 'up']])))).toEqual(['__name__', 'job'])
    for (const path of ['series', 'labels', 'rules']) {
      const { body, status } = await ask(`api/v1/${path}?${new URLSearchParams(fields(5_001))}`)
      const error = expect.stringContaining('expected at most 5000 match[] parameters, got 5001')
      expect([status, JSON.parse(body).error]).toEqual([400, error])
    }
  })

  it.each([
    ['series', [['match[]', '{a=~"[a-w]{500}.*"}']]],
    ['labels', [['match[]', '{__name__="long", a!~"[a-w]{500}.*"}']]],
    ['query_exemplars', [['query', '{a=~"[a-w]{500}.*"}']]],
  ] satisfies [string, [string, string][]][])(
    'by %s refuses to try an expression on a value for too long',
    async (path, fields) => {
      const exemplar = { labels: {}, value: 1, timestampMs: 1000 }
      const exemplars = [{ labels: series[1]?.labels ?? {}, exemplars: [exemplar] }]
      const { body, status } = await apiOver({ series, exemplars })(...post(path, fields))
      expect(JSON.parse(body)).toEqual({ status: 'error', errorType: 'execution', error: refusal })
      expect(status).toBe(422)
    },
  )

  it('whose client has left is given up', async () => {
    const fields = Array.from({ length: 5000 }, (_, i): [string, string] => ['match[]', `{a=~"${i}[a-z]+"}`])
    const { body, status } = await apiOver({ series })(...post('series', fields, { signal: AbortSignal.abort() }))
    expect([status, JSON.parse(body).errorType]).toEqual([499, 'canceled'])
  })
})

describe('targets', () => {
  it('are told as Prometheus tells them', async () => {
    const never = { ...target, job: 'new', up: undefined, lastScrapeMs: undefined, lastDurationSeconds: undefined }
    const ask = apiOver({ targets: [target, { ...never, lastError: undefined }] })
    const { activeTargets, droppedTargetCounts } = dataOf(await ask('api/v1/targets'))
    expect(droppedTargetCounts).toEqual({ shop: 0, new: 0 })
    expect(activeTargets[0]).toEqual({
      discoveredLabels: {
        __address__: 'shop:8000',
        __metrics_path__: '/metrics',
        __scheme__: 'http',
        __scrape_interval__: '1s',
        __scrape_timeout__: '1s',
        job: 'shop',
      },
      labels: { instance: 'shop:8000', job: 'shop' },
      scrapePool: 'shop',
      scrapeUrl: 'http://shop:8000/metrics',
      globalUrl: 'http://shop:8000/metrics',
      lastError: '',
      lastScrape: '1970-01-01T00:00:02.000Z',
      lastScrapeDuration: 0.25,
      health: 'up',
      scrapeInterval: '1s',
      scrapeTimeout: '1s',
    })
    expect(activeTargets[1]).toMatchObject({ health: 'unknown', lastScrape: '0001-01-01T00:00:00Z' })
    expect(dataOf(await ask('api/v1/targets?scrapePool=shop')).activeTargets).toHaveLength(1)
    expect(dataOf(await ask('api/v1/scrape_pools'))).toEqual({ scrapePools: ['new', 'shop'] })
  })

  it('describe their metrics', async () => {
    const families = [family('a_total', 'A.'), family('a_total', 'A.'), family('a_total', 'B.'), family('b', 'B.')]
    const ask = apiOver({ targets: [target], snapshots: { 'shop at shop:8000': { takenAtMs: 0, families } } })
    const described = (help: string) => ({ type: 'counter', unit: '', help })
    expect(dataOf(await ask('api/v1/metadata'))).toEqual({
      a_total: [described('A.'), described('B.')],
      b: [described('B.')],
    })
    expect(dataOf(await ask('api/v1/metadata?limit=1&limit_per_metric=1'))).toEqual({ a_total: [described('A.')] })
    expect(dataOf(await ask('api/v1/metadata?metric=b'))).toEqual({ b: [described('B.')] })
    const labels = { instance: 'shop:8000', job: 'shop' }
    expect(dataOf(await ask('api/v1/targets/metadata?metric=b'))).toEqual([{ target: labels, ...described('B.') }])
    const all = dataOf(await ask('api/v1/targets/metadata?match_target={job="shop"}'))
    expect(all.at(-1)).toEqual({ target: labels, metric: 'b', ...described('B.') })
    expect(dataOf(await ask('api/v1/targets/metadata?match_target={job="x"}'))).toEqual([])
  })

  it('describe their own metrics where two are on one host and port', async () => {
    const snapshotOf = (name: string) => ({ takenAtMs: 0, families: [family(name, name)] })
    const snapshots = { 'shop at shop:8000': snapshotOf('a_total'), 'boxes at shop:8000': snapshotOf('b_total') }
    const ask = apiOver({ targets: [target, { ...target, job: 'boxes' }], snapshots })
    expect(Object.keys(dataOf(await ask('api/v1/metadata')))).toEqual(['a_total', 'b_total'])
    const described = dataOf(await ask('api/v1/targets/metadata?match_target={job="boxes"}'))
    expect(described).toMatchObject([{ target: { job: 'boxes', instance: 'shop:8000' }, metric: 'b_total' }])
  })

  it('are the configuration', async () => {
    const { yaml } = dataOf(await apiOver({ targets: [target] })('api/v1/status/config'))
    expect(yaml).toContain('- job_name: "shop"')
  })
})

it('health is what promtool and load balancers ask for', async () => {
  const ask = apiOver({})
  expect(await ask('-/healthy')).toEqual({ status: 200, body: 'Prometheus Server is Healthy.\n' })
  expect(await ask('-/ready', { method: 'HEAD' })).toEqual({ status: 200, body: '' })
})
