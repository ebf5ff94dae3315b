// The labels of a request. Client-controlled values never become labels: each label has a fixed set of values.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isInOwnMount } from '../own-mounts'
import { frameworkRoute, OWN_ROUTE } from './framework-route'
import { nextNotes } from './next-notes'

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
 * `(hearth)` where Hearth answers, or would have, else Next's template of the route, such as `/users/[id]`, or that of another
 * framework, or where none was matched, one of `/_next/*` (its assets), `(file)` (of the public folder), `(redirect)`,
 * `(proxy)` (answered by proxy.ts, or by another server through a rewrite of Next) and `(unmatched)`. Read it when the head is
 * written or the connection is gone: it isn't known before.
 */
export function routeLabel(answer: Answer): string {
  const { request, response, url } = answer
  const told = frameworkRoute(request)
  if (told === OWN_ROUTE) return told
  const { matched, chosen } = nextNotes(request)
  const template = templateOf(matched, chosen) ?? told
  const mayBeOwn = template === undefined || !response.headersSent || response.statusCode === 405
  return mayBeOwn && isInOwnMount(url) ? OWN_ROUTE : (template ?? labelWithoutTemplate(answer))
}

function labelWithoutTemplate({ request, response, url, isRelayed }: Answer): string {
  if (isAsset(url)) return '/_next/*'
  if (!response.headersSent) return '(unmatched)'
  const { isInProxy, isSeen } = nextNotes(request)
  if (isRelayed && isSeen) return '(proxy)'
  const { statusCode } = response
  if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) return '(redirect)'
  if (response.hasHeader('accept-ranges')) return '(file)'
  return isInProxy ? '(proxy)' : '(unmatched)'
}

/** A `basePath` or an `assetPrefix` may come before the folder of Next's assets. */
function isAsset(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  return path.includes('/_next/') || path.startsWith('/__next')
}

/** With these Next answers where a route has failed: they say nothing of the route. */
const FAILED = new Set(['/_error', '/_global-error', '/500'])
/** With these where there is nothing, as a path or as the route itself has found. */
const NOT_FOUND = new Set(['/_not-found', '/404'])

/** Next's template of the route, also where a page of these stands in for it. */
function templateOf(matched: string | undefined, chosen: string | undefined): string | undefined {
  const isStandIn = matched === undefined || FAILED.has(matched) || NOT_FOUND.has(matched)
  if (!isStandIn) return matched
  if (chosen !== undefined && !FAILED.has(chosen) && !NOT_FOUND.has(chosen)) return chosen
  return matched !== undefined && NOT_FOUND.has(matched) ? matched : undefined
}
