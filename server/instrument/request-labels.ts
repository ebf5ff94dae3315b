// The labels of a request. Whatever a client may choose freely ends in a fixed set: a path never becomes a label.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { frameworkRoute } from './framework-route'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The methods that Next's handlers answer; llhttp lets about thirty more through, and they are `OTHER`. */
export function methodLabel(method: string | undefined): string {
  return method !== undefined && METHODS.has(method) ? method : 'OTHER'
}

export type Answer = {
  request: IncomingMessage
  response: ServerResponse
  /** The URL as it came: Next changes `request.url` on the way. */
  url: string
  /** Whether the response had its reason phrase before its head, as one that is relayed from another server does. */
  isRelayed: boolean
}

/**
 * Next's template of the route, such as `/users/[id]`, or that of another framework, or where none was matched, one of
 * `/_next/*` (its assets), `(file)` (of the public folder), `(redirect)`, `(proxy)` (answered by proxy.ts, or by another
 * server through a rewrite of Next) and `(unmatched)`. Read it when the head is written or the connection is gone: it isn't known before.
 */
export function routeLabel({ request, response, url, isRelayed }: Answer): string {
  const meta = nextMeta(request)
  const template = meta?.match?.definition?.pathname
  if (typeof template === 'string' && template.startsWith('/')) return template
  const told = frameworkRoute(request)
  if (told !== undefined) return told
  if (isAsset(url)) return '/_next/*'
  if (!response.headersSent) return '(unmatched)'
  if (isRelayed && meta !== undefined) return '(proxy)'
  const { statusCode } = response
  if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) return '(redirect)'
  if (response.hasHeader('accept-ranges')) return '(file)'
  return meta?.middlewareInvoke === true ? '(proxy)' : '(unmatched)'
}

/** A `basePath` or an `assetPrefix` may come before the folder of Next's assets. */
function isAsset(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  return path.includes('/_next/') || path.startsWith('/__next')
}

type NextMeta = { match?: { definition?: { pathname?: unknown } }; middlewareInvoke?: unknown }

/** What Next notes on a request while routing it. Private to Next: this is the only place that knows of it. */
function nextMeta(request: IncomingMessage): NextMeta | undefined {
  return (request as { [NEXT_REQUEST_META]?: NextMeta })[NEXT_REQUEST_META]
}

const NEXT_REQUEST_META = Symbol.for('NextInternalRequestMeta')
