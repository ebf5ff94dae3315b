// The errors of the API: Prometheus's kinds of errors and their HTTP statuses.
import { BodyRefused } from '../../bounded-body'
import { hidePaths } from '../../hide-paths'
import { logError } from '../../log'
import { PromqlError } from '../../promql/promql-error'
import { QuerierError } from '../querier-error'

export type ErrorType = 'bad_data' | 'execution' | 'timeout' | 'canceled' | 'unavailable' | 'internal'

const statuses: Record<ErrorType, number> = {
  bad_data: 400,
  execution: 422,
  timeout: 503,
  canceled: 499,
  unavailable: 502,
  internal: 500,
}

export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly errorType: ErrorType,
    message: string,
    readonly status: number = statuses[errorType],
  ) {
    super(message)
  }

  get body(): string {
    return JSON.stringify({ status: 'error', errorType: this.errorType, error: this.message })
  }
}

export function badData(message: string): ApiError {
  return new ApiError('bad_data', message)
}

/** A parameter that can't be what it says. */
export function invalidParameter(name: string, message: string): ApiError {
  return badData(`invalid parameter "${name}": ${message}`)
}

const typesOfRefusedBodies: Record<BodyRefused['status'], ErrorType> = {
  400: 'bad_data',
  408: 'timeout',
  413: 'bad_data',
  499: 'canceled',
  503: 'unavailable',
}

/** What was thrown, as the API says it. What nobody expected is logged. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof PromqlError) {
    if (error.kind === 'parse') return invalidParameter('query', error.message)
    if (error.kind === 'overloaded') return new ApiError('unavailable', error.message, 503)
    return new ApiError(error.kind, error.message)
  }
  if (error instanceof QuerierError) return new ApiError('unavailable', error.message)
  if (error instanceof BodyRefused) {
    const words = error.status === 413 ? `http: POST too large: ${error.message}` : error.message
    return new ApiError(typesOfRefusedBodies[error.status], `error parsing form values: ${words}`, error.status)
  }
  logError('a query to the Prometheus HTTP API failed.', error)
  return new ApiError('internal', error instanceof Error ? hidePaths(error.message, error) : String(error))
}
