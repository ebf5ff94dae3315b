// The parameters of the Prometheus HTTP API, as a query string or a form, read as Prometheus reads them.
import { parseDuration } from '../duration'
import type { Range } from '../promql/value'

const MAX_STEPS = 11_000

/** A parameter that Prometheus would refuse with bad_data. */
export class ParameterError extends Error {
  override name = 'ParameterError'
}

/** The fields of the URL and, for a POST, of the form in its body; the form's come first. */
export async function readParameters(request: Request): Promise<URLSearchParams> {
  const fromUrl = new URL(request.url).searchParams
  if (request.method !== 'POST') return fromUrl
  return new URLSearchParams([...new URLSearchParams(await request.text()), ...fromUrl])
}

/** `query`, as it came: what is wrong with it is PromQL's to say. */
export const readExpr = (parameters: URLSearchParams): string => parameters.get('query') ?? ''

/** A time as seconds since the epoch or RFC 3339, in milliseconds; `fallbackMs` when it is not given. */
export function readTime(parameters: URLSearchParams, name: string, fallbackMs?: number): number {
  const text = parameters.get(name) ?? ''
  if (text === '' && fallbackMs !== undefined) return fallbackMs
  const ms = isDecimal(text) ? Math.round(Number(text) * 1000) : RFC_3339.test(text) ? Date.parse(text) : Number.NaN
  if (Math.abs(ms) <= MAX_TIME_MS) return ms
  throw new ParameterError(`invalid parameter "${name}": cannot parse ${JSON.stringify(text)} to a valid timestamp`)
}

/** A duration as seconds or as 1h30m, in milliseconds; undefined when it is not given. */
export function readDuration(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name) ?? ''
  if (text === '') return undefined
  if (isDecimal(text)) return Number(text) * 1000
  try {
    return parseDuration(text)
  } catch {
    throw new ParameterError(`invalid parameter "${name}": cannot parse ${JSON.stringify(text)} to a valid duration`)
  }
}

/** `start`, `end` and `step` of a range query, within Prometheus's own bounds. */
export function readRange(parameters: URLSearchParams): Range {
  const startMs = readTime(parameters, 'start')
  const endMs = readTime(parameters, 'end')
  if (endMs < startMs) throw new ParameterError('invalid parameter "end": end timestamp must not be before start time')
  const stepMs = Math.floor(readDuration(parameters, 'step') ?? Number.NaN)
  if (Number.isNaN(stepMs)) throw new ParameterError('invalid parameter "step": cannot parse "" to a valid duration')
  if (stepMs <= 0) {
    throw new ParameterError(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    )
  }
  if ((endMs - startMs) / stepMs > MAX_STEPS) {
    throw new ParameterError(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    )
  }
  return { startMs, endMs, stepMs }
}

/** `limit`: at most so many series; 0 and absence mean all. */
export function readLimit(parameters: URLSearchParams): number {
  const text = parameters.get('limit') ?? ''
  if (text === '') return 0
  if (!/^[+-]?\d+$/.test(text)) {
    throw new ParameterError(`invalid parameter "limit": cannot parse ${JSON.stringify(text)} to a valid limit`)
  }
  if (Number(text) < 0) throw new ParameterError('invalid parameter "limit": limit must be non-negative')
  return Number(text)
}

const MAX_TIME_MS = 8.64e15
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

const isDecimal = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)
