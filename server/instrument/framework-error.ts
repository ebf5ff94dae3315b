// Errors of handlers in servers other than Next.
import type { IncomingMessage } from 'node:http'
import { recordException } from './exceptions'
import { frameworkRoute } from './framework-route'
import { guarded } from './guarded'

/**
 * Records what a handler has thrown, under the request's route. What says of itself that the client was wrong, with a
 * `status` or `statusCode` from 400 to 499, is no exception. Never throws.
 */
export const recordError = guarded('recordError', (error: unknown, request: IncomingMessage): void => {
  if (isClientsFault(error)) return
  const { headers, method, url } = request
  recordException({ error, kind: 'route', route: frameworkRoute(request) ?? '(unmatched)', method, path: url, headers })
})

function isClientsFault(error: unknown): boolean {
  const { status, statusCode = status } = Object(error) as { status?: unknown; statusCode?: unknown }
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
}
