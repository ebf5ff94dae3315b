// Answers from a real Prometheus, or whatever speaks its HTTP API: Thanos, Mimir, VictoriaMetrics.
import { z } from 'zod'
import { authorizationOf, shownUrl } from '../login'
import { PromqlError } from '../promql/promql-error'
import type { Matrix, Point, Value } from '../promql/value'
import type { Querier, SeriesFilter } from './querier'
import { QuerierError } from './querier-error'

const TIMEOUT_MS = 10_000

const labels = z.record(z.string(), z.string())
const sample = z.tuple([z.number(), z.string()])
const vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric: labels, value: sample })),
})
const matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: labels, values: z.array(sample) })),
})
const instantAnswer = z.discriminatedUnion('resultType', [
  vector,
  matrix,
  z.object({ resultType: z.literal('scalar'), result: sample }),
  z.object({ resultType: z.literal('string'), result: sample }),
])
const metadataAnswer = z.record(z.string(), z.array(z.object({ type: z.string(), help: z.string(), unit: z.string() })))
const envelope = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown() }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
])

/**
 * Asks the Prometheus at `baseUrl` (as in http://prometheus:9090, with or without a path below which its API lives).
 * A user name and password in the URL are sent as basic authentication.
 */
export function createRemoteQuerier(baseUrl: string): Querier {
  const root = `${shownUrl(baseUrl).replace(/\/$/, '')}/api/v1/`
  const authorization = authorizationOf(new URL(baseUrl))

  async function ask<T>(path: string, form: URLSearchParams | null, answer: z.ZodType<T>, signal?: AbortSignal) {
    const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]
    const response = await fetch(root + path, {
      method: form ? 'POST' : 'GET',
      body: form,
      headers: authorization === undefined ? {} : { authorization },
      signal: AbortSignal.any(limits),
    }).catch((error: unknown) => {
      signal?.throwIfAborted()
      throw new QuerierError(`Prometheus at ${root} can't be reached: ${reasonOf(error)}`)
    })
    const body = envelope.safeParse(await response.json().catch(() => undefined))
    if (!body.success) {
      throw new QuerierError(
        `Expected Prometheus's JSON from ${root}${path}, got HTTP ${response.status} with something else`,
      )
    }
    if (body.data.status === 'error') {
      const { errorType, error } = body.data
      if (errorType === 'bad_data' || errorType === 'execution') throw new PromqlError(error, 0, 0)
      throw new QuerierError(
        `Prometheus at ${root} answered ${errorType}: ${error}`,
        errorType === 'timeout' ? 504 : 502,
      )
    }
    const parsed = answer.safeParse(body.data.data)
    if (!parsed.success) {
      throw new QuerierError(
        `Prometheus at ${root}${path} answered in an unknown shape: ${z.prettifyError(parsed.error)}`,
      )
    }
    return parsed.data
  }

  return {
    async instant(expr, atMs, { signal } = {}) {
      const form = new URLSearchParams({ query: expr, time: String(atMs / 1000) })
      return toValue(await ask('query', form, instantAnswer, signal))
    },
    async range(expr, { startMs, endMs, stepMs }, { signal } = {}) {
      const form = new URLSearchParams({
        query: expr,
        start: String(startMs / 1000),
        end: String(endMs / 1000),
        step: String(stepMs / 1000),
      })
      return toMatrix(await ask('query_range', form, matrix, signal))
    },
    series: (filter) => ask('series', filterForm(filter), z.array(labels)),
    labelNames: (filter) => ask('labels', filterForm(filter), z.array(z.string())),
    labelValues: (name, filter) =>
      ask(`label/${encodeURIComponent(name)}/values?${filterForm(filter)}`, null, z.array(z.string())),
    metadata: () => ask('metadata', null, metadataAnswer),
  }
}

function filterForm({ selectors, startMs, endMs }: SeriesFilter): URLSearchParams {
  const form = new URLSearchParams({ start: String(startMs / 1000), end: String(endMs / 1000) })
  for (const selector of selectors) form.append('match[]', selector)
  return form
}

const toPoint = ([seconds, value]: [number, string]): Point => [Math.round(seconds * 1000), toNumber(value)]

const toMatrix = ({ result }: z.infer<typeof matrix>): Matrix => ({
  type: 'matrix',
  series: result.map(({ metric, values }) => ({ labels: metric, points: values.map(toPoint) })),
})

function toValue(answer: z.infer<typeof instantAnswer>): Value {
  switch (answer.resultType) {
    case 'vector':
      return {
        type: 'vector',
        series: answer.result.map(({ metric, value }) => ({ labels: metric, value: toNumber(value[1]) })),
      }
    case 'matrix':
      return toMatrix(answer)
    case 'scalar':
      return { type: 'scalar', value: toNumber(answer.result[1]) }
    case 'string':
      return { type: 'string', value: answer.result[1] }
  }
}

/** Prometheus writes +Inf, -Inf and NaN where JSON has no number. */
function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  return Number(text)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? error.cause.message : ''
  return cause || error.message
}
