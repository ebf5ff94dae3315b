import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { PromqlError } from '../promql/promql-error'
import { QuerierError } from './querier-error'
import { createRemoteQuerier } from './remote-querier'

let server: Server | undefined
afterEach(() => server?.close())

type Asked = { url: string | undefined; body: string; authorization: string | undefined }

/** A Prometheus that gives one answer, and remembers what it was asked. */
async function prometheusThatSays(status: number, answer: unknown): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = []
  server = createServer(async (request: IncomingMessage, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ url: request.url, body, authorization: request.headers.authorization })
    response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked }
}

describe('createRemoteQuerier', () => {
  it('asks an instant query and reads a vector, with NaN and the infinities', async () => {
    const result = ['NaN', '+Inf', '-Inf', '0.5'].map((v) => ({ metric: { v }, value: [12.5, v] }))
    const { url, asked } = await prometheusThatSays(200, { status: 'success', data: { resultType: 'vector', result } })
    const { NaN: nan, POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number
    expect(await createRemoteQuerier(url).instant('up', 12_500)).toEqual({
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
    const querier = createRemoteQuerier(`${url.replace('://', '://me:s%40cret@')}/prom/`)
    expect(await querier.range('up', { startMs: 1_000, endMs: 2_000, stepMs: 500 })).toEqual({
      type: 'matrix',
      series: [{ labels: { job: 'a' }, points: [[1_001, 2]] }],
    })
    const authorization = `Basic ${Buffer.from('me:s@cret').toString('base64')}`
    expect(asked).toEqual([{ url: '/prom/api/v1/query_range', body: 'query=up&start=1&end=2&step=0.5', authorization }])
  })

  it('says what Prometheus found wrong with the expression', async () => {
    const { url } = await prometheusThatSays(400, { status: 'error', errorType: 'bad_data', error: '1:1: parse error' })
    await expect(createRemoteQuerier(url).instant('(', 0)).rejects.toThrow(PromqlError)
  })

  it.each([
    ['a gateway that answers HTML', 502, '<html>', /^Expected Prometheus's JSON from .*query, got HTTP 502/],
    ['an unknown shape', 200, { status: 'success', data: { resultType: 'cube' } }, /in an unknown shape/],
    ['an overload', 503, { status: 'error', errorType: 'unavailable', error: 'busy' }, /answered unavailable: busy/],
  ])('names %s', async (_, status, answer, message) => {
    const { url } = await prometheusThatSays(status, answer)
    const asking = createRemoteQuerier(url).instant('up', 0)
    await expect(asking).rejects.toThrow(QuerierError)
    await expect(asking).rejects.toThrow(message)
  })

  it('names a source that is not there', async () => {
    const { url } = await prometheusThatSays(200, {})
    await new Promise((closed) => server?.close(closed))
    const asking = createRemoteQuerier(url).instant('up', 0)
    await expect(asking).rejects.toThrow(/can't be reached: connect ECONNREFUSED/)
  })
})
