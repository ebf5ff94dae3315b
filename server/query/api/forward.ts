// With PROMETHEUS_URL the API is that Prometheus's own: questions go there as they came, and its answers come back.
import { authorizationOf, shownUrl } from '../../login'
import { QuerierError } from '../querier-error'
import { ApiError } from './api-error'

/** `path` is below `/api/v1/`. Throws QuerierError or ApiError where there is no answer. */
export type Forward = (request: Request, path: string) => Promise<Response>

/** A user name and password in the URL are sent as basic authentication. Nothing else of the request's head is. */
export function createForward(baseUrl: string, timeoutMs: number): Forward {
  const base = `${shownUrl(baseUrl).replace(/\/$/, '')}/api/v1/`
  const authorization = authorizationOf(new URL(baseUrl))
  return async (request, path) => {
    const url = `${base}${path.split('/').map(encodeURIComponent).join('/')}${new URL(request.url).search}`
    const response = await fetch(url, {
      method: request.method,
      body: request.method === 'POST' ? await request.arrayBuffer() : null,
      headers: { ...headersOf(request), ...(authorization === undefined ? {} : { authorization }) },
      redirect: 'error',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
    }).catch((error: unknown) => {
      if (request.signal.aborted) throw new ApiError('canceled', 'query was canceled in query execution')
      if (error instanceof DOMException && error.name === 'TimeoutError') {
        throw new ApiError('timeout', `Prometheus at ${base} has not answered in time`)
      }
      throw new QuerierError(`Prometheus at ${base} can't be reached: ${reasonOf(error)}`)
    })
    const type = response.headers.get('content-type') ?? 'application/json'
    return new Response(response.body, {
      status: response.status,
      headers: { 'content-type': type, 'cache-control': 'no-store' },
    })
  }
}

function headersOf({ headers }: Request): Record<string, string> {
  const type = headers.get('content-type')
  return type === null ? {} : { 'content-type': type }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return (error.cause instanceof Error && error.cause.message) || error.message
}
