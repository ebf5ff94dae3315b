// The same questions to a real Prometheus 3 and to this API over the same samples: the answers must be the same.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPrometheus, PROMETHEUS_ADVICE } from '../../../scripts/find-prometheus.mjs'
import { generatedExpressions } from '../../promql/differential/generated-expressions'
import { generatedSeries, startMs } from '../../promql/differential/generated-series'
import { Newer } from '../../promql/differential/newer'
import { RealPrometheus } from '../../promql/differential/real-prometheus'
import type { HttpAnswer } from './differential/compare'
import { firstDifference, readAnswer, shapeOf } from './differential/compare'
import { questions } from './differential/questions'
import type { PrometheusApi } from './prometheus-api'
import { createPrometheusApi } from './prometheus-api'
import { sourcesOf } from './testing/sources-of'

const seed = 1
const series = generatedSeries(seed)
const exemplars = series
  .filter(({ labels }) => labels.__name__ === 'latency_seconds_bucket')
  .map(({ labels }, i) => ({
    labels,
    exemplars: [0, 1, 2].map((k) => ({
      labels: { trace_id: `${i}-${k}` },
      value: i / 10 + k / 1e8,
      timestampMs: startMs + i * 1000 + k * 100_000,
    })),
  }))
let ask: PrometheusApi

const program = findPrometheus()
const isMissing = program === undefined && !process.env.CI

/** What is another process's own business, or a clock's: their fields are the same, their values aren't. */
const ofTheProcess = /^GET (status\/(buildinfo|runtimeinfo)|query.*&stats=)/
/** Series that come in no order. */
const unordered = /^\w+ (query|series)\b/
/** A time out of bounds, which Prometheus turns into another. */
const overflowing = 'foo @ 9.2e18'

describe('a real Prometheus and this API agree', () => {
  let prometheus: RealPrometheus
  let newer: Newer
  beforeAll(async () => {
    if (isMissing) return
    if (program === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    prometheus = await RealPrometheus.start(program)
    await prometheus.write(series, exemplars)
    newer = new Newer(await prometheus.version())
    ask = createPrometheusApi(sourcesOf({ series, exemplars, features: newer.features }))
  })
  afterAll(() => prometheus?.stop())

  test('on questions of every kind', { timeout: 300_000 }, async ({ skip }) => {
    if (isMissing) skip(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    expect(await differences(questions)).toEqual([])
  })

  test('on how expressions are printed and parsed', { timeout: 300_000 }, async ({ skip }) => {
    if (isMissing) skip(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    const file = new URL('../../promql/differential/expressions.promql', import.meta.url)
    const byHand = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#') && line !== overflowing)
    const generated = generatedExpressions(seed, 1000)
    // Longer than a line.
    const joined = generated
      .slice(1)
      .map((expr, i) => `(${generated[i]}) + on (job, instance) group_left (route) (${expr})`)
    const found = await differences(
      [...byHand, ...generated, ...joined.slice(0, 500)].flatMap((expr) => {
        const form = `query=${encodeURIComponent(expr)}`
        return [`POST format_query ${form}`, `POST parse_query ${form}`]
      }),
    )
    expect(found).toEqual([])
  })

  /** For each question on which the two don't agree, the first difference that no later version explains. */
  async function differences(asked: string[]): Promise<string[]> {
    const found: string[] = []
    const waiting = asked.values()
    const work = async () => {
      for (const question of waiting) {
        const [real, ours] = await Promise.all([answer(prometheus.url, question), answer(undefined, question)])
        const different = firstDifference(comparable(question, real), comparable(question, ours))
        if (
          different === undefined ||
          newer.explains(expressionOf(question), `${different}; ${errorOf(real)}; ours ${errorOf(ours)}`)
        )
          continue
        found.push(`${question}: Prometheus gave ${different}`)
      }
    }
    await Promise.all(Array.from({ length: 8 }, work))
    return found.sort()
  }
})

/** Asks a Prometheus at a URL, or this API. */
async function answer(url: string | undefined, question: string): Promise<HttpAnswer> {
  const [method = '', path = '', ...form] = question.split(' ')
  const body = method === 'POST' ? new URLSearchParams(form.join(' ')) : undefined
  const headers: Record<string, string> = body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  const init = { method, headers, body: body && form.join(' ') }
  const at = `/api/v1/${path}`
  if (url !== undefined) return readAnswer(await fetch(url + at, init))
  return readAnswer(await ask(new Request(`http://localhost/prometheus${at}`, init)))
}

/** The question without escapes, as far as it has any that can be read. */
function expressionOf(question: string): string {
  return question.replace(/(?:%[\da-f]{2})+/gi, (escaped) => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString())
}

function errorOf({ body }: HttpAnswer): string {
  return (typeof body === 'object' && (body as Body).error) || 'no error'
}

type Body = {
  data?: { result?: unknown[]; resultType?: string }
  warnings?: string[]
  infos?: string[]
  error?: string
}

function comparable(question: string, { body, ...head }: HttpAnswer): unknown {
  if (typeof body === 'string') return { ...head, body }
  const { data, error, infos = [], warnings = [], ...rest } = body as Body
  const whole = {
    ...head,
    ...rest,
    // Prometheus has no word for `@`.
    error: error?.replace('"<Item 57400>" <op:@>', '<op:@>'),
    warnings: warnings.toSorted(),
    infos: infos.toSorted(),
  }
  if (ofTheProcess.test(question)) return { ...whole, data: shapeOf(data) }
  if (unordered.test(question)) return { ...whole, data: sortedSeries(data) }
  return { ...whole, data: question.startsWith('GET status/tsdb') ? sortedCounts(data) : data }
}

function sortedSeries(data: Body['data']): unknown {
  const sorted = (list: unknown[]) => list.map((one) => JSON.stringify(one, sortKeys)).sort()
  if (Array.isArray(data)) return sorted(data)
  const isVector = data?.resultType === 'vector' && Array.isArray(data.result)
  return isVector ? { ...data, result: sorted(data.result ?? []).map((one) => JSON.parse(one)) } : data
}

const sortKeys = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** Equal counts come in any order, and how samples are stored is a matter of its own. */
function sortedCounts(data: object | undefined): unknown {
  return Object.entries(data ?? {}).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.map((one) => JSON.stringify(one)).sort()]
    return [name, { ...value, chunkCount: 0 }]
  })
}
