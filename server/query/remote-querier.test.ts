import type { RequestListener, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { PromqlError } from '../promql/promql-error'
import { collectingGarbage } from '../testing/collecting-garbage'
import { createEngine } from './engine'
import { QuerierError } from './querier-error'
import { createRemoteQuerier } from './remote-querier'

let server: Server | undefined
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

/** The URL of a server that answers so. */
async function prometheusThat(answers: RequestListener): Promise<string> {
  server = createServer(answers)
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

type Asked = { url: string | undefined; body: string; authorization: string | undefined }

/** A Prometheus that gives one answer, and remembers what it was asked. */
async function prometheusThatSays(status: number, answer: unknown): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = []
  const url = await prometheusThat(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ url: request.url, body, authorization: request.headers.authorization })
    response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  return { url, asked }
}

/** Writes for as long as somebody reads. */
function writeForEver(response: ServerResponse): void {
  const text = '[1,"1"],'.repeat(8_192)
  const write = () => {
    while (!response.destroyed && response.write(text));
  }
  response.on('drain', write)
  write()
}

describe('createRemoteQuerier', () => {
  it('asks an instant query and reads a vector, with NaN and the infinities', async () => {
    const result = ['NaN', '+Inf', '-Inf', '0.5'].map((v) => ({ metric: { v }, value: [12.5, v] }))
    const { url, asked } = await prometheusThatSays(200, { status: 'success', data: { resultType: 'vector', result } })
    const { NaN: nan, POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number
    expect(await createRemoteQuerier(createEngine(url)).instant('up', 12_500)).toEqual({
      type: 'vector',
      series: [
        { labels: { v: 'NaN' }, value: nan },
        { labels: { v: '+Inf' }, value: POSITIVE_INFINITY },
        { labels: { v: '-Inf' }, value: NEGATIVE_INFINITY },
        { labels: { v: '0.5' }, value: 0.5 },
      ],
    })
    expect(asked).toEqual([{ url: '/api/v1/query', body: 'query=up&time=12.5', authorization: undefined }])
  })

  it('asks a range query below a path and with a login', async () => {
    const result = [{ metric: { job: 'a' }, values: [[1.001, '2']] }]
    const { url, asked } = await prometheusThatSays(200, { status: 'success', data: { resultType: 'matrix', result } })
    const querier = createRemoteQuerier(createEngine(`${url.replace('://', '://me:s%40cret@')}/prom/`))
    expect(await querier.range('up', { startMs: 1_000, endMs: 2_000, stepMs: 500 })).toEqual({
      type: 'matrix',
      series: [{ labels: { job: 'a' }, points: [[1_001, 2]] }],
    })
    const authorization = `Basic ${Buffer.from('me:s@cret').toString('base64')}`
    expect(asked).toEqual([{ url: '/prom/api/v1/query_range', body: 'query=up&start=1&end=2&step=0.5', authorization }])
  })

  it.each([
    [
      'exemplars with their series',
      [{ seriesLabels: { le: '1' }, exemplars: [{ labels: { trace_id: 'a' }, value: '0.5', timestamp: 12.5 }] }],
      [{ labels: { le: '1' }, exemplars: [{ labels: { trace_id: 'a' }, value: 0.5, timestampMs: 12_500 }] }],
    ],
    ['none where it stores none', [], []],
    ['none where it knows none, as VictoriaMetrics', null, []],
  ])('asks exemplars, and reads %s', async (_, data, expected) => {
    const { url, asked } = await prometheusThatSays(200, { status: 'success', data })
    expect(await createRemoteQuerier(createEngine(url)).exemplars('x_bucket', { startMs: 0, endMs: 60_000 })).toEqual(
      expected,
    )
    expect(asked).toEqual([
      { url: '/api/v1/query_exemplars', body: 'query=x_bucket&start=0&end=60', authorization: undefined },
    ])
  })

  it('says what Prometheus found wrong with the expression', async () => {
    const { url } = await prometheusThatSays(400, { status: 'error', errorType: 'bad_data', error: '1:1: parse error' })
    await expect(createRemoteQuerier(createEngine(url)).instant('(', 0)).rejects.toThrow(PromqlError)
  })

  it.each([
    ['a gateway that answers HTML', 502, '<html>', /answered HTTP 502 with something else than its JSON$/],
    ['an unknown shape', 200, { status: 'success', data: { resultType: 'cube' } }, /in an unknown format/],
    ['an overload', 503, { status: 'error', errorType: 'unavailable', error: 'busy' }, /answered unavailable: busy/],
  ])('names %s', async (_, status, answer, message) => {
    const { url } = await prometheusThatSays(status, answer)
    const asking = createRemoteQuerier(createEngine(url)).instant('up', 0)
    await expect(asking).rejects.toThrow(QuerierError)
    await expect(asking).rejects.toThrow(message)
  })

  it('reads a long answer', async () => {
    const values = Array.from({ length: 11_000 }, (_, i) => [i, String(i / 4)])
    const result = Array.from({ length: 20 }, (_, i) => ({ metric: { job: `${i}` }, values }))
    const { url } = await prometheusThatSays(200, { status: 'success', data: { resultType: 'matrix', result } })
    const { series } = await createRemoteQuerier(createEngine(url)).range('up', { startMs: 0, endMs: 1, stepMs: 1 })
    expect(series.map(({ labels }) => labels)).toEqual(result.map(({ metric }) => metric))
    const points = values.map(([seconds, value]) => [Number(seconds) * 1000, Number(value)])
    for (const one of series) expect(one.points).toEqual(points)
  })

  it.each([
    ['labelNames', ['a', 'b']],
    ['series', [{ a: 'b' }, {}]],
    ['metadata', { up: [{ type: 'gauge', help: '', unit: '' }] }],
  ] as const)('reads %s', async (name, data) => {
    const { url } = await prometheusThatSays(200, { status: 'success', data })
    expect(await createRemoteQuerier(createEngine(url))[name]({ selectors: ['up'], startMs: 0, endMs: 1 })).toEqual(
      data,
    )
  })

  it('gives up an answer without end', async () => {
    let closed = () => {}
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const url = await prometheusThat((_, response) => {
      response.on('close', closed).write('{"status":"success","data":{"resultType":"matrix","result":[{"values":[')
      writeForEver(response)
    })
    const asking = createRemoteQuerier(createEngine(url)).instant('up', 0)
    await expect(asking).rejects.toThrow(
      /\/api\/v1\/ answers too much: expected a body of at most \d+ bytes, got more$/,
    )
    await isClosed
  })

  it.each([
    ['does not begin', ''],
    ['stops midway', '{"status":"success",'],
  ])('waits only so long for an answer that %s', async (_, beginning) => {
    const url = await prometheusThat((_, response) => void response.write(beginning))
    const asking = collectingGarbage(createRemoteQuerier(createEngine(url), 50).instant('up', 0))
    await expect(asking).rejects.toMatchObject({
      status: 504,
      message: expect.stringMatching(/did not answer within 50ms$/),
    })
  })

  it('ends with who has asked', async () => {
    const caller = new AbortController()
    const url = await prometheusThat((_, response) => {
      response.write('{')
      setTimeout(() => caller.abort(new Error('left')), 10)
    })
    await expect(createRemoteQuerier(createEngine(url)).instant('up', 0, { signal: caller.signal })).rejects.toThrow(
      'left',
    )
  })

  it.each([
    ['a wrong expression', { status: 'error', errorType: 'bad_data', error: 'x'.repeat(1_000_000) }],
    ['an overload', { status: 'error', errorType: 'x'.repeat(1_000_000), error: 'x'.repeat(1_000_000) }],
    ['an unknown shape', { status: 'success', data: { resultType: 'x'.repeat(1_000_000) } }],
    [
      'unknown shapes',
      { status: 'success', data: { resultType: 'vector', result: [{ value: [], metric: manyLabels() }] } },
    ],
    ['something else', `<html>${'x'.repeat(1_000_000)}</html>`],
  ])('passes on no more than the beginning of a long error: %s', async (_, answer) => {
    const { url } = await prometheusThatSays(500, answer)
    const error: Error = await createRemoteQuerier(createEngine(url))
      .instant('up', 0)
      .catch((thrown) => thrown)
    expect(error.message.length).toBeGreaterThan(20)
    expect(error.message.length).toBeLessThan(4_200)
  })

  it('follows no redirect: a question would become another', async () => {
    let asked = 0
    const url = await prometheusThat((_, response) => {
      asked++
      response.writeHead(302, { location: '/api/v1/query' }).end()
    })
    await expect(createRemoteQuerier(createEngine(url)).instant('up', 0)).rejects.toThrow(
      /redirects \(HTTP 302\): expected PROMETHEUS_URL to be where its API is$/,
    )
    expect(asked).toBe(1)
  })

  it('names a source that is not there', async () => {
    const { url } = await prometheusThatSays(200, {})
    await new Promise((closed) => server?.close(closed))
    const asking = createRemoteQuerier(createEngine(url)).instant('up', 0)
    await expect(asking).rejects.toThrow(/can't be reached: connect ECONNREFUSED/)
  })
})

function manyLabels(): Record<string, number> {
  return Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`label${i}`, i]))
}
