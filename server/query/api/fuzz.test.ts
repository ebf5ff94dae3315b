// Whatever is asked, the API answers, with what Prometheus could have answered: JSON, or one of three plain texts.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { generatedExpressions } from '../../promql/differential/generated-expressions'
import { generatedSeries, startMs } from '../../promql/differential/generated-series'
import { createPrometheusApi } from './prometheus-api'
import { sourcesOf } from './testing/sources-of'

const runs = 100_000
/** Far above what any question needs: one that takes longer hangs. */
const patienceMs = 30_000

const series = generatedSeries(1)
const sources = sourcesOf({ series: series.filter((_, i) => i % 8 === 0) })
// A question that would be expensive in earnest is refused here, so that there is time for all.
const api = createPrometheusApi({ ...sources, settings: { ...sources.settings, maxSamples: 20_000 } })

const words = [
  ...['sum', 'by', 'without', 'on', 'ignoring', 'group_left', 'rate', 'up', 'requests_total', 'topk', 'offset', 'bool'],
  ...['(', ')', '[', ']', '{', '}', ',', ':', '=', '!=', '=~', '!~', '==', '>', '<', '+', '-', '*', '/', '%', '^', '@'],
  ...[
    '5m',
    '1h',
    '1e3',
    '0x',
    'Inf',
    'NaN',
    '"a"',
    "'",
    '"',
    '`',
    '\\',
    '.*',
    '(a|b)+',
    'start',
    'end',
    '#',
    '\n',
    'ü',
    '😀',
  ],
  ...['and', 'or', 'unless', 'atan2', 'histogram_quantile', 'label_replace', 'le', 'job', 'limitk', 'absent_over_time'],
]
const corpus = generatedExpressions(2, 500)
const expression = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  // An expression with a piece cut out of it or put into it.
  fc
    .tuple(fc.constantFrom(...corpus), fc.nat(80), fc.nat(10), fc.constantFrom('', ...words))
    .map(([expr, at, length, piece]) => expr.slice(0, at) + piece + expr.slice(at + length)),
)
const at = startMs / 1000
const number = fc.oneof(
  fc.constantFrom('', '0', '1', '-1', '5m', '30s', 'x', 'NaN', 'Inf', '1e300', '0x1p4', '1_0', '2023-11-14T22:18:20Z'),
  fc.integer({ min: -10, max: 2000 }).map((n) => String(at + n)),
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const field = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom('query', 'match[]', 'match_target'), expression) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom('time', 'start', 'end', 'step', 'timeout', 'limit', 'lookback_delta', 'limit_per_metric'),
      number,
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('stats', 'state', 'type', 'metric', 'exclude_alerts'), number) },
)
const encodedForm = fc.array(field, { maxLength: 6 }).map((fields) => new URLSearchParams(fields).toString())
const form = fc.oneof(
  { weight: 5, arbitrary: encodedForm },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((text) => text.replaceAll('#', '')) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(expression, fc.nat(100), number)
      .map(
        ([query, length, step]) =>
          `${new URLSearchParams({ query, start: `${at + 300}`, end: `${at + 300 + length}`, step, time: `${at + 300}` })}`,
      ),
  },
)
const path = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      ...['query', 'query_range', 'query_exemplars', 'format_query', 'parse_query', 'series', 'labels', 'metadata'],
      ...['label/job/values', 'targets', 'targets/metadata', 'rules', 'status/tsdb', 'label/U__a_2e_b/values'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((name) => `label/${encodeURIComponent(name)}/values`),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map(encodeURIComponent) },
)
const request = fc
  .record({ path, form, method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'HEAD', 'OPTIONS') })
  .map(({ form: fields, method, path: asked }) => {
    const url = `http://localhost/prometheus/api/v1/${asked}`
    if (method !== 'POST') return { url: `${url}?${fields}`, init: { method } }
    return { url, init: { method, body: fields, headers: { 'content-type': 'application/x-www-form-urlencoded' } } }
  })

it(`${runs} questions, and each is answered in JSON`, { timeout: 600_000 }, async () => {
  const answered = { success: 0, error: 0 }
  const property = fc.asyncProperty(request, async ({ init, url }) => {
    const response = await withPatience(api(new Request(url, init)))
    const text = await response.text()
    const plain = response.status === 405 && init.method === 'HEAD' ? '' : plainTexts[response.status]
    if (plain !== undefined) {
      expect(text).toBe(plain)
      return
    }
    const { data, error, errorType, status } = JSON.parse(text)
    if (response.status === 200) {
      answered.success++
      expect(status).toBe('success')
      expect(data).toBeDefined()
    } else {
      answered.error++
      expect({ status, errorType: kinds[response.status] }).toEqual({ status: 'error', errorType })
      expect(error).not.toBe('')
    }
  })
  await fc.assert(property, { numRuns: runs })
  expect(Math.min(answered.success, answered.error)).toBeGreaterThan(runs / 20)
})

const plainTexts: Record<number, string> = { 204: '', 404: '404 page not found\n', 405: 'Method Not Allowed\n' }
/** An internal error is none of them. */
const kinds: Record<number, string> = { 400: 'bad_data', 422: 'execution', 503: 'timeout' }

async function withPatience<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
