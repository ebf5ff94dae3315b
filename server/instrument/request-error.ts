// Translates what Next reports through its onRequestError hook, and has errors of proxy.ts reported to it as well.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Instrumentation } from 'next'
import { globalObject } from '../per-process'
import { describeError } from './describe-error'
import { recordException } from './exceptions'
import { guarded } from './guarded'

/** How many errors of one request are told apart; those beyond are recorded as often as they are reported. */
const ERROR_LIMIT = 32

/** What was recorded of a request that goes on, which is known by its headers: Next hands on Node's own object. */
const recorded = new WeakMap<object, Set<string>>()

/**
 * Records an error that Next caught while it rendered a page, ran a handler or an action, or answered in proxy.ts. For one
 * request Next may render a page twice, or report an error of one rendering twice: it is recorded once.
 */
export const recordRequestError: Instrumentation.onRequestError = guarded(
  'recordRequestError',
  (...[thrown, request, context]: Parameters<Instrumentation.onRequestError>) => {
    const { headers, method, path } = request
    const error = unwrapped(thrown)
    if (isRecorded(headers, error)) return
    const isProxy = PROXY_TYPES.has(context.routeType)
    const kind = isProxy ? 'proxy' : context.routeType
    const route = isProxy ? '(proxy)' : template(context.routePath, path)
    recordException({ error, kind, route, method, path, headers })
  },
)

/** Before Next 16 it was called middleware. */
const PROXY_TYPES: ReadonlySet<string> = new Set(['proxy', 'middleware'])

/**
 * From now on `recordRequestError` hears of what proxy.ts throws. Next reports it to the instrumentation that it was built
 * with for the Edge runtime, which it looks for under this name among the globals, also where proxy.ts runs in Node: there
 * nobody has put anything. Where it does run in the Edge runtime, that is a context of its own within this process, which has
 * Node's class from outside: package/edge.ts finds us there.
 */
export function hearOfProxyErrors(): void {
  globalObject('_ENTRIES').middleware_instrumentation ??= { onRequestError: recordRequestError }
  Object.assign(AsyncLocalStorage, { [FOR_EDGE]: recordRequestError })
}

const FOR_EDGE = Symbol.for('hearth.record-request-error')

/** Whether an error of the same class and words was recorded of this request. It is taken for recorded from now on. */
function isRecorded(headers: object, error: unknown): boolean {
  const errors = recorded.get(headers) ?? new Set()
  const { message, name } = describeError(error)
  const key = `${name}: ${message}`
  if (errors.has(key)) return true
  if (errors.size < ERROR_LIMIT) errors.add(key)
  recorded.set(headers, errors)
  return false
}

/** Next wraps what a stream throws after its head in an Error of its own; the cause is the one to name. */
function unwrapped(error: unknown): unknown {
  const isWrapper = error instanceof Error && error.message === 'failed to pipe response' && error.cause !== undefined
  return isWrapper ? error.cause : error
}

/**
 * The template of a routePath. Some errors, such as those of a form that is posted without JavaScript, arrive with the
 * path of the file instead: `/(shop)/cart/page`. A route whose own last segment is `page` keeps it.
 */
function template(routePath: string, path: string): string {
  const withoutGroups = routePath.replaceAll(/\/(?:\([^/]*\)|@[^/]*)(?=\/|$)/g, '')
  const [, file] = /(\/(?:page|route))$/.exec(withoutGroups) ?? []
  const requested = path.split(/[?#]/, 1)[0] ?? ''
  const isFilePath = file !== undefined && !requested.endsWith(file)
  return (isFilePath ? withoutGroups.slice(0, -file.length) : withoutGroups) || '/'
}
