// What the reader looks at: target, range, route, traffic. It lives in the URL's query, so that a link shows the same.

export type View = {
  /** As chosen-target.ts names it; undefined for this process. Whether there is such a target is not known here. */
  target: string | undefined
  rangeMs: number
  route: string | undefined
  traffic: 'app' | 'all'
}

/** A URL's query as Next hands it to a page; a name that stands there twice has a list. */
export type Query = Readonly<Record<string, string | string[] | undefined>>

/** The ranges that the page offers, by the name that the URL and the buttons give them. */
export const RANGES = [
  { name: '1m', rangeMs: 60_000 },
  { name: '5m', rangeMs: 300_000 },
  { name: '15m', rangeMs: 900_000 },
  { name: '1h', rangeMs: 3_600_000 },
] as const

export const DEFAULT_VIEW: View = { target: undefined, rangeMs: 300_000, route: undefined, traffic: 'app' }

/** A route template is short; a longer text in the URL is nobody's route. */
const LONGEST_ROUTE = 200

/** A host's name has at most 253 characters; its job is often the same, and a port follows. */
const LONGEST_TARGET = 600

/** Reads a URL's query. What is missing or makes no sense is the default: a broken link still shows something. */
export function parseView(query: Query): View {
  const first = (name: string) => [query[name] ?? ''].flat()[0] ?? ''
  const range = RANGES.find(({ name }) => name === first('range'))
  const upTo = (longest: number, text: string) => (text === '' || text.length > longest ? undefined : text)
  return {
    target: upTo(LONGEST_TARGET, first('target')),
    rangeMs: range?.rangeMs ?? DEFAULT_VIEW.rangeMs,
    route: upTo(LONGEST_ROUTE, first('route')),
    traffic: first('traffic') === 'all' ? 'all' : 'app',
  }
}

/** A URL's query as Next would hand it over, but for a name that stands there twice: the first counts. */
export function toViewQuery(query: URLSearchParams): Query {
  return Object.fromEntries([...query].reverse())
}

/** The query of a view, with its `?`, without what is the default: '' for the default view. */
export function toQuery(view: View): string {
  const query = new URLSearchParams()
  if (view.target !== undefined) query.set('target', view.target)
  const range = RANGES.find(({ rangeMs }) => rangeMs === view.rangeMs)
  if (range !== undefined && view.rangeMs !== DEFAULT_VIEW.rangeMs) query.set('range', range.name)
  if (view.route !== undefined) query.set('route', view.route)
  if (view.traffic === 'all') query.set('traffic', 'all')
  return query.size === 0 ? '' : `?${query}`
}
