import { expect, test, vi } from 'vitest'
import { AskError, askInstant, askRange } from './promql-api'

const signal = new AbortController().signal
const steps = { startMs: 1_000, endMs: 3_000, stepMs: 1_000 }

function answerWith(body: unknown, status = 200) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response(text, { status }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}

test('a range is aligned with its steps, and a missing value is a gap', async () => {
  const fetch = answerWith({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: { a: 'b' },
          values: [
            [1, '1.5'],
            [3, '+Inf'],
          ],
        },
      ],
      stats: { timings: { execTotalTime: 0.002 }, samples: { totalQueryableSamples: 7 } },
    },
    warnings: ['PromQL warning: odd (1:1)', 'results truncated due to limit'],
  })
  const answer = await askRange('/shop/prometheus', 'up', steps, signal)
  expect(answer.series[0]?.values).toEqual([1.5, null, Number.POSITIVE_INFINITY])
  expect(answer).toMatchObject({ isCut: true, warnings: ['PromQL warning: odd (1:1)'], infos: [] })
  expect(answer.cost).toMatchObject({ series: 1, samples: 7, seconds: 0.002 })
  const [url, init] = fetch.mock.calls[0] ?? []
  expect(url).toBe('/shop/prometheus/api/v1/query_range')
  expect(`${init?.body}`).toBe('stats=true&query=up&start=1&end=3&step=1&limit=133333')
})

test.each([
  ['a vector', { resultType: 'vector', result: [{ metric: { a: 'b' }, value: [1, 'NaN'] }] }, Number.NaN],
  ['a scalar', { resultType: 'scalar', result: [1, '-Inf'] }, Number.NEGATIVE_INFINITY],
  ['a text', { resultType: 'string', result: [1, 'x'] }, 'x'],
  ['a range', { resultType: 'matrix', result: [{ metric: {}, values: [[1, '2']] }] }, [[1000, 2]]],
])('an instant may be %s', async (_, data, value) => {
  answerWith({ status: 'success', data })
  const { rows, cost } = await askInstant('', 'q', undefined, signal)
  expect(rows.map((row) => row.value)).toEqual([value])
  expect(cost).toMatchObject({ series: 1, samples: undefined })
})

test.each([
  ['the API’s own words', { status: 'error', error: '1:1: parse error: no' }, 400, '1:1: parse error: no'],
  ['plain words of a door', 'Too many attempts.\n', 429, 'Too many attempts.\n'],
  ['a long page, cut', 'x'.repeat(9999), 502, 'x'.repeat(300)],
])('a refusal is told in %s', async (_, body, status, message) => {
  answerWith(body, status)
  await expect(askInstant('', 'q', 0, signal)).rejects.toEqual(new AskError(message, status))
})

test('a server that is away is told as such, and a question that is taken back is not', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
  await expect(askInstant('', 'q', 0, signal)).rejects.toMatchObject({ status: 0 })
  const aborted = AbortSignal.abort(new Error('left'))
  await expect(askInstant('', 'q', 0, aborted)).rejects.not.toBeInstanceOf(AskError)
})
