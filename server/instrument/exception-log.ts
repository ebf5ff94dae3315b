// The newest exceptions, for people to read, and the names under which exceptions are counted. Both are bounded.
import { nowMs } from '../outside'
import { describeError } from './describe-error'

const RECENT_LIMIT = 100
const NAME_LIMIT = 50

export type ExceptionKind = 'render' | 'route' | 'action' | 'proxy' | 'trpc'

export type ExceptionReport = {
  /** What was thrown: any value at all. */
  error: unknown
  kind: ExceptionKind
  /** The route's template, such as `/users/[id]`; never a requested path. */
  route: string
  method?: string
  /** The requested path; its query is dropped, for that is where secrets live. */
  path?: string
}

export type RecentException = {
  id: string
  atMs: number
  kind: ExceptionKind
  route: string
  method?: string
  /** Without its query. */
  path?: string
  /** The error's class name, or `(non-error)`. */
  name: string
  /** At most 500 characters. */
  message: string
  /** The hash under which Next shows this error to the browser. */
  digest?: string
}

export type ExceptionLog = {
  /** Keeps an exception and gives its labels for exceptions_total. */
  add(report: ExceptionReport): { route: string; kind: ExceptionKind; error: string }
  /** The last 100, newest first. */
  recent(): RecentException[]
}

/** An empty log. It tells 50 class names apart, in the order of their arrival, and labels the rest `(other)`. */
export function createExceptionLog(now: () => number = nowMs): ExceptionLog {
  const recent: RecentException[] = []
  const names = new Set<string>()
  let added = 0

  return {
    add({ error, kind, route, method, path }) {
      const { name, message, digest } = describeError(error)
      const atMs = now()
      const id = `${atMs}-${++added}`
      recent.unshift({ id, atMs, kind, route, method, path: path?.split(/[?#]/, 1)[0], name, message, digest })
      recent.length = Math.min(recent.length, RECENT_LIMIT)
      if (names.size < NAME_LIMIT) names.add(name)
      return { route, kind, error: names.has(name) ? name : '(other)' }
    },
    recent: () => [...recent],
  }
}
