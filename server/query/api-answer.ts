// The JSON of the Prometheus HTTP API: values as strings, times as seconds.
import { PromqlError } from '../promql/promql-error'
import type { Matrix, Point, Value } from '../promql/value'
import { ParameterError } from './api-parameters'
import { QuerierError } from './querier-error'

/** `data` of a query's answer; an instant value gets the time that it was asked for. At most `limit` series, 0: all. */
export function toApiData(value: Value | Matrix, atMs: number, limit: number) {
  const cut = <T>(series: T[]) => (limit > 0 ? series.slice(0, limit) : series)
  switch (value.type) {
    case 'matrix':
      return {
        resultType: 'matrix',
        result: cut(value.series).map(({ labels, points }) => ({ metric: labels, values: points.map(toApiPoint) })),
      }
    case 'vector':
      return {
        resultType: 'vector',
        result: cut(value.series).map(({ labels, value: v }) => ({ metric: labels, value: toApiPoint([atMs, v]) })),
      }
    case 'scalar':
      return { resultType: 'scalar', result: toApiPoint([atMs, value.value]) }
    case 'string':
      return { resultType: 'string', result: [atMs / 1000, value.value] }
  }
}

export const success = (data: unknown, warnings: string[] = []): Response =>
  Response.json({ status: 'success', data, ...(warnings.length > 0 && { warnings }) }, { headers: NO_STORE })

/** The status and errorType that Prometheus gives for what was thrown. */
export function failure(error: unknown): Response {
  if (error instanceof ParameterError) return problem(400, 'bad_data', error.message)
  if (error instanceof PromqlError) {
    if (error.kind === 'execution') return problem(422, 'execution', error.message)
    return problem(400, 'bad_data', `invalid parameter "query": ${error.message}`)
  }
  if (error instanceof QuerierError)
    return problem(error.status, error.status === 504 ? 'timeout' : 'unavailable', error.message)
  if (error instanceof DOMException)
    return problem(503, error.name === 'TimeoutError' ? 'timeout' : 'canceled', error.message)
  return problem(500, 'internal', error instanceof Error ? error.message : String(error))
}

const NO_STORE = { 'cache-control': 'no-store' }

const problem = (status: number, errorType: string, error: string): Response =>
  Response.json({ status: 'error', errorType, error }, { status, headers: NO_STORE })

const toApiPoint = ([tMs, value]: Point): [number, string] => [tMs / 1000, toApiNumber(value)]

/** Go's shortest form and JavaScript's agree, but for the names of the infinities and for -0. */
function toApiNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return Object.is(value, -0) ? '-0' : String(value)
}
