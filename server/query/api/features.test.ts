// What clients ask before they ask: which features there are, which version it is, and whether there is any news of it.
import { describe, expect, it, test } from 'vitest'
import { ALL_FEATURES, NO_FEATURES } from '../../features'
import { createPrometheusApi } from './prometheus-api'
import type { Sources } from './sources'
import { sourcesOf } from './testing/sources-of'

const features = (changed: Partial<typeof NO_FEATURES> = {}) => ({ features: { ...NO_FEATURES, ...changed } })

function ask(path: string, sources: Sources = sourcesOf(features()), init: RequestInit = {}) {
  return createPrometheusApi(sources)(new Request(`http://localhost/prometheus/${path}`, init))
}

async function dataOf(path: string, sources?: Sources) {
  return (await (await ask(`api/v1/${path}`, sources)).json()).data
}

describe('/api/v1/features, as of Prometheus 3.9,', () => {
  it('has what is on without a flag, and has off what needs one', async () => {
    const data = await dataOf('features')
    expect(data.promql).toMatchObject({ duration_expr: true, at_modifier: true, fill: false, anchored: false })
    expect(data.promql_functions).toMatchObject({ rate: true, first_over_time: true, info: false, step: false })
    expect(data.promql_operators).toMatchObject({ '!=': true, '=~': true, '</': true, topk: true, limitk: false })
    expect(data.tsdb).toEqual({ exemplar_storage: true, native_histograms: false })
  })

  it('has on what a flag has switched on, and nothing else', async () => {
    const fill = await dataOf('features', sourcesOf(features({ fillModifiers: true })))
    expect(fill.promql).toMatchObject({ fill: true, fill_left: true, fill_right: true, smoothed: false })
    const all = await dataOf('features', sourcesOf({ features: ALL_FEATURES }))
    expect(Object.values(all.promql_functions)).not.toContain(false)
    expect(all.promql_operators.limitk).toBe(true)
  })

  it('names flags as Prometheus does', async () => {
    const flags = await dataOf('status/flags', sourcesOf(features({ experimentalFunctions: true })))
    expect(flags['enable-feature']).toBe('promql-experimental-functions,exemplar-storage,promql-duration-expr')
  })
})

test('/version says the same as status/buildinfo, without an envelope', async () => {
  const answer = await ask('version')
  const text = await answer.text()
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(JSON.parse(text)).toEqual(await dataOf('status/buildinfo'))
  expect(JSON.parse(text).version).toBe('3.14.0')
  const refused = await ask('version', undefined, { method: 'POST' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, OPTIONS'])
})

test('blocks are listed, of which there are none', async () => {
  expect(await dataOf('status/tsdb/blocks')).toEqual({ blocks: [] })
  const refused = await ask('api/v1/status/tsdb?limit=10001')
  expect([refused.status, (await refused.json()).error]).toEqual([400, 'limit must not exceed 10000'])
})

test('statistics are given for any value, as of Prometheus 3.14 with a warning on all but true and all', async () => {
  const warningsOf = async (stats: string) => (await (await ask(`api/v1/query?query=1&stats=${stats}`)).json()).warnings
  expect([await warningsOf('true'), await warningsOf('all'), await warningsOf('')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(await warningsOf('1')).toEqual([
    'stats value "1" is deprecated and will be refused one day: expected "true" or "all"',
  ])
})

test('an expression may have what is switched on, wherever it is read', async () => {
  const query = encodeURIComponent('limitk(1, up + fill(0) up)')
  for (const path of ['query', 'format_query', 'parse_query', 'query_exemplars']) {
    expect((await ask(`api/v1/${path}?query=${query}`, sourcesOf({ features: ALL_FEATURES }))).status).toBe(200)
    expect((await ask(`api/v1/${path}?query=${query}`)).status).toBe(400)
  }
  const wrong = await (await ask(`api/v1/query?query=${encodeURIComponent('up[5m - 5m]')}`)).json()
  expect(wrong.error).toBe('invalid parameter "query": 3:10: duration must be greater than 0')
})

describe('the stream of notifications', () => {
  it('stays open until the process ends', async () => {
    const shutdown = new AbortController()
    const answer = await ask('api/v1/notifications/live', { ...sourcesOf(features()), shutdown: shutdown.signal })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    const text = answer.text()
    shutdown.abort()
    expect(await text).toBe(':\n\n')
  })

  it.each(['client', 'process'])('ends at once where the %s has left already', async (who) => {
    const gone = AbortSignal.abort()
    const sources = who === 'process' ? { ...sourcesOf(features()), shutdown: gone } : undefined
    const answer = await ask('api/v1/notifications/live', sources, who === 'client' ? { signal: gone } : {})
    expect(await answer.text()).toBe(':\n\n')
  })

  it('is for 16 at a time: one more is answered without content, and takes the place of one that has left', async () => {
    const leaving = Array.from({ length: 16 }, () => new AbortController())
    const open = (signal?: AbortSignal) => ask('api/v1/notifications/live', undefined, signal ? { signal } : {})
    const statuses = await Promise.all(leaving.map(async ({ signal }) => (await open(signal)).status))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect((await open()).status).toBe(204)
    leaving[0]?.abort()
    const late = await open()
    expect(late.status).toBe(200)
    await late.body?.cancel()
    expect((await open(leaving[1]?.signal)).status).toBe(200)
    for (const one of leaving) one.abort()
  })
})
