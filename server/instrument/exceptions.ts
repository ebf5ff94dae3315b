// Exceptions of this process: counted by route, kind and class name, and the newest kept for people to read.
import { perProcess } from '../per-process'
import { describeError } from './describe-error'
import { guarded } from './guarded'
import { metrics } from './metrics'

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

/** Counts an exception in exceptions_total and keeps it among the recent ones. Never throws. */
export const recordException = guarded('recordException', (report: ExceptionReport) => {
  const { kind, route, method, path } = report
  const { name, message, digest } = describeError(report.error)
  const { recent, names } = state()
  if (names.size < NAME_LIMIT) names.add(name)
  metrics().exceptionsTotal.inc({ route, kind, error: names.has(name) ? name : '(other)' })

  const atMs = Date.now()
  state().recorded += 1
  recent.unshift({
    id: `${atMs}-${state().recorded}`,
    atMs,
    kind,
    route,
    method,
    path: path?.split(/[?#]/, 1)[0],
    name,
    message,
    digest,
  })
  recent.length = Math.min(recent.length, RECENT_LIMIT)
})

/** The last 100 exceptions, newest first. */
export function recentExceptions(): RecentException[] {
  return [...state().recent]
}

function state() {
  return perProcess('exceptions', () => ({ recorded: 0, recent: [] as RecentException[], names: new Set<string>() }))
}
