// The messages of exceptions, for people to read, and the names under which they are counted. All of it is bounded. The
// counts are in exceptions_total.
import { nowMs } from '../outside'
import { describeError, stackOf } from './describe-error'
import { parseTraceparent } from './trace-context'

const RECENT_LIMIT = 100
const GROUP_LIMIT = 200
const EXAMPLE_LIMIT = 5
const NAME_LIMIT = 50
/** Requests whose response has no head yet, from which the status of their exceptions is to come. */
const UNANSWERED_LIMIT = 100
/** A stack is made no more often for exceptions of one group with equal messages: source maps make it expensive. */
const STACK_EVERY_MS = 1_000

export const EXCEPTION_KINDS = ['render', 'route', 'action', 'proxy', 'trpc'] as const
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number]

export type ExceptionReport = {
  /** What was thrown: any value at all. */
  error: unknown
  kind: ExceptionKind
  /** The route's template, such as `/users/[id]`; never a requested path. */
  route: string
  method?: string
  /** The requested path; its query is dropped, for that is where secrets live. */
  path?: string
  /** The request's headers: Node's own object, by which `answered` knows the request, and the only header that is read. */
  headers?: Readonly<Record<string, unknown>>
  /** The status of the answer, where it is known already. */
  status?: number
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
  /** Of the response, once its head is written. */
  status?: number
  /** Of the trace that the request belongs to. */
  traceId?: string
  /** Messages, stacks and requested paths are not kept: ERROR_DETAILS is off. */
  isHidden?: boolean
}

/** `stack` has a line for each frame, the innermost first. */
export type ExceptionExample = RecentException & { stack: readonly string[] }

/** As exceptions_total labels it. */
export type ExceptionLabels = { route: string; kind: ExceptionKind; error: string }

/** What is known of all exceptions with the same labels. */
export type ExceptionGroup = ExceptionLabels & {
  firstMs: number
  lastMs: number
  newest: RecentException
}

export type ExceptionLog = {
  /** Keeps an exception and gives its labels for exceptions_total. */
  add(report: ExceptionReport): ExceptionLabels
  /** The last 100, newest first. */
  recent(): RecentException[]
  /** At most 200, the one that was seen last first. Of more, the most frequent is forgotten, and begins anew. */
  groups(): ExceptionGroup[]
  /** The newest 5 of a group that have different messages, newest first; none of a group that isn't kept. */
  examples(labels: ExceptionLabels): ExceptionExample[]
  /** The response to the request with these headers has this status. */
  answered(headers: object, status: number): void
}

/** The status of an exception may come later. */
type Example = { exception: RecentException; stack: readonly string[] }
type Kept = { group: ExceptionGroup; examples: Example[]; count: number }

/**
 * An empty log. It tells 50 class names apart, in the order of their arrival, and labels the rest `(other)`. Without
 * details it keeps no messages, no stacks and no requested paths.
 */
export function createExceptionLog(now: () => number = nowMs, hasDetails = true): ExceptionLog {
  const recent: RecentException[] = []
  const groups = new Map<string, Kept>()
  const names = new Set<string>()
  const unanswered = new Map<object, RecentException[]>()
  let added = 0

  function addToGroup(labels: ExceptionLabels, exception: RecentException, error: unknown): void {
    const key = keyOf(labels)
    const known = groups.get(key)
    if (known === undefined && groups.size >= GROUP_LIMIT) forgetMostFrequent()
    const { atMs } = exception
    const example = { exception, stack: hasDetails ? stackFor(error, exception, known) : [] }
    const others = known?.examples.filter((other) => other.exception.message !== exception.message) ?? []
    // Those that were seen last are at the end.
    groups.delete(key)
    groups.set(key, {
      group: { ...labels, firstMs: known?.group.firstMs ?? atMs, lastMs: atMs, newest: exception },
      examples: [example, ...others].slice(0, EXAMPLE_LIMIT),
      count: (known?.count ?? 0) + 1,
    })
  }

  function stackFor(error: unknown, { atMs, message }: RecentException, known: Kept | undefined): readonly string[] {
    const last = known?.examples[0]
    const isFresh = last?.exception.message === message && atMs - last.exception.atMs < STACK_EVERY_MS
    return last !== undefined && isFresh ? last.stack : stackOf(error)
  }

  function awaitStatus(headers: object, exception: RecentException): void {
    const others = unanswered.get(headers) ?? []
    unanswered.set(headers, [...others, exception].slice(-EXAMPLE_LIMIT))
    const [oldest] = unanswered.keys()
    if (unanswered.size > UNANSWERED_LIMIT && oldest !== undefined) unanswered.delete(oldest)
  }

  /** A frequent one comes again soon; a rare one is what people look for. Of equals, the one that was seen last stays. */
  function forgetMostFrequent(): void {
    let most: [string, Kept] | undefined
    for (const entry of groups) if (most === undefined || entry[1].count > most[1].count) most = entry
    if (most !== undefined) groups.delete(most[0])
  }

  return {
    add({ error, kind, route, method, path, headers, status }) {
      const { name, message, digest } = describeError(error)
      const atMs = now()
      const id = `${atMs}-${++added}`
      const traceId = parseTraceparent(headers?.traceparent)?.trace_id
      const said = hasDetails ? { path: path?.split(/[?#]/, 1)[0], message } : { message: '', isHidden: true }
      const exception: RecentException = { id, atMs, kind, route, method, name, digest, status, traceId, ...said }
      if (headers !== undefined && status === undefined) awaitStatus(headers, exception)
      recent.unshift(exception)
      recent.length = Math.min(recent.length, RECENT_LIMIT)
      if (names.size < NAME_LIMIT) names.add(name)
      const labels = { route, kind, error: names.has(name) ? name : '(other)' }
      addToGroup(labels, exception, error)
      return labels
    },
    recent: () => [...recent],
    groups: () => [...groups.values()].map(({ group }) => group).reverse(),
    examples: (labels) =>
      (groups.get(keyOf(labels))?.examples ?? []).map(({ exception, stack }) => ({ ...exception, stack })),
    answered(headers, status) {
      // This is asked of every response.
      if (unanswered.size === 0) return
      for (const exception of unanswered.get(headers) ?? []) exception.status = status
      unanswered.delete(headers)
    },
  }
}

const keyOf = ({ error, kind, route }: ExceptionLabels) => JSON.stringify([error, kind, route])
