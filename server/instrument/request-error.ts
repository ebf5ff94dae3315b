// Translates what Next reports through its onRequestError hook.
import type { Instrumentation } from 'next'
import { recordException } from './exceptions'
import { guarded } from './guarded'

/** Records an error that Next caught while it rendered a page, ran a handler or an action, or answered in proxy.ts. */
export const recordRequestError: Instrumentation.onRequestError = guarded(
  'recordRequestError',
  (...[thrown, request, context]: Parameters<Instrumentation.onRequestError>) => {
    const { method, path } = request
    const error = unwrapped(thrown)
    recordException({ error, kind: context.routeType, route: template(context.routePath, path), method, path })
  },
)

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
