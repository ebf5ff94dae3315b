// What the API answers where it can't answer: Prometheus's kinds of errors and their HTTP statuses.
import { hidePaths } from '../../hide-paths'
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
    readonly status = statuses[errorType],
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

/** What was thrown, as the API says it. What nobody expected is logged. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof PromqlError) {
    if (error.kind === 'parse') return invalidParameter('query', error.message)
    if (error.kind === 'overloaded') return new ApiError('unavailable', error.message, 503)
    return new ApiError(error.kind, error.message)
  }
  if (error instanceof QuerierError) return new ApiError('unavailable', error.message)
  console.error('A question to the Prometheus HTTP API has failed.', error)
  return new ApiError('internal', error instanceof Error ? hidePaths(error.message, error) : String(error))
}
