// The Prometheus HTTP API: Grafana, promtool and whoever speaks it may ask this process as they would a Prometheus.
import { failure, success, toApiData } from './api-answer'
import { readDuration, readExpr, readLimit, readParameters, readRange, readTime } from './api-parameters'
import { processQuerier } from './process-querier'

/** Prometheus's own default, and its upper bound. */
const TIMEOUT_MS = 120_000

/** GET or POST query: `query`, `time`, `timeout`, `limit`. */
export const answerQuery = (request: Request): Promise<Response> =>
  answering(request, async (parameters, signal) => {
    const atMs = readTime(parameters, 'time', Date.now())
    const limit = readLimit(parameters)
    return cutTo(limit, await processQuerier().instant(readExpr(parameters), atMs, signal), atMs)
  })

/** GET or POST query_range: `query`, `start`, `end`, `step`, `timeout`, `limit`. */
export const answerQueryRange = (request: Request): Promise<Response> =>
  answering(request, async (parameters, signal) => {
    const range = readRange(parameters)
    const limit = readLimit(parameters)
    return cutTo(limit, await processQuerier().range(readExpr(parameters), range, signal), range.endMs)
  })

function cutTo(limit: number, value: Parameters<typeof toApiData>[0], atMs: number): Response {
  const isCut = limit > 0 && 'series' in value && value.series.length > limit
  return success(toApiData(value, atMs, limit), isCut ? ['results truncated due to limit'] : [])
}

/** Reads the parameters, bounds the time by `timeout` and by the caller's patience, and words what goes wrong. */
async function answering(
  request: Request,
  answer: (parameters: URLSearchParams, signal: AbortSignal) => Promise<Response>,
): Promise<Response> {
  try {
    const parameters = await readParameters(request)
    const timeoutMs = Math.min(readDuration(parameters, 'timeout') ?? TIMEOUT_MS, TIMEOUT_MS)
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(Math.max(0, timeoutMs))])
    return await answer(parameters, signal)
  } catch (error) {
    return failure(error)
  }
}
