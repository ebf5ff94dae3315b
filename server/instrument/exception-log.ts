// The messages of exceptions, for people to read, and the names under which they are counted. All of it is bounded. The
// counts are in exceptions_total.
import { nowMs } from '../outside'
import { describeError } from './describe-error'

const RECENT_LIMIT = 100
const GROUP_LIMIT = 200
const EXAMPLE_LIMIT = 5
const NAME_LIMIT = 50

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
  examples(labels: ExceptionLabels): RecentException[]
}

type Kept = { group: ExceptionGroup; examples: RecentException[]; count: number }

/** An empty log. It tells 50 class names apart, in the order of their arrival, and labels the rest `(other)`. */
export function createExceptionLog(now: () => number = nowMs): ExceptionLog {
  const recent: RecentException[] = []
  const groups = new Map<string, Kept>()
  const names = new Set<string>()
  let added = 0

  function addToGroup(labels: ExceptionLabels, example: RecentException): void {
    const key = keyOf(labels)
    const known = groups.get(key)
    if (known === undefined && groups.size >= GROUP_LIMIT) forgetMostFrequent()
    const others = known?.examples.filter(({ message }) => message !== example.message) ?? []
    // Those that were seen last are at the end.
    groups.delete(key)
    groups.set(key, {
      group: { ...labels, firstMs: known?.group.firstMs ?? example.atMs, lastMs: example.atMs, newest: example },
      examples: [example, ...others].slice(0, EXAMPLE_LIMIT),
      count: (known?.count ?? 0) + 1,
    })
  }

  /** A frequent one comes again soon; a rare one is what people look for. Of equals, the one that was seen last stays. */
  function forgetMostFrequent(): void {
    let most: [string, Kept] | undefined
    for (const entry of groups) if (most === undefined || entry[1].count > most[1].count) most = entry
    if (most !== undefined) groups.delete(most[0])
  }

  return {
    add({ error, kind, route, method, path }) {
      const { name, message, digest } = describeError(error)
      const atMs = now()
      const id = `${atMs}-${++added}`
      const exception = { id, atMs, kind, route, method, path: path?.split(/[?#]/, 1)[0], name, message, digest }
      recent.unshift(exception)
      recent.length = Math.min(recent.length, RECENT_LIMIT)
      if (names.size < NAME_LIMIT) names.add(name)
      const labels = { route, kind, error: names.has(name) ? name : '(other)' }
      addToGroup(labels, exception)
      return labels
    },
    recent: () => [...recent],
    groups: () => [...groups.values()].map(({ group }) => group).reverse(),
    examples: (labels) => [...(groups.get(keyOf(labels))?.examples ?? [])],
  }
}

const keyOf = ({ error, kind, route }: ExceptionLabels) => JSON.stringify([error, kind, route])
