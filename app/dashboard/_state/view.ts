// What the reader looks at: target, time, route, traffic, order and tabs. It lives in the URL's query, so that a link shows
// the same.
import { readLiveRange, readTime } from './time-text'

export type View = {
  /** As chosen-target.ts names it; undefined for this process. Whether there is such a target is not known here. */
  target: string | undefined
  /** The time up to now, while the board is live. */
  rangeMs: number
  /** A time that stands still, in the words of time-text.ts; undefined while the board is live. */
  window: { from: string; to: string } | undefined
  route: string | undefined
  traffic: 'app' | 'all'
  /** The order of the route table, as route-rows.ts writes it. Whether there is such a column is not known here. */
  sort: string | undefined
  /** The ids of panels that were chosen where several share a place. */
  tabs: readonly string[]
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

export const DEFAULT_VIEW: View = {
  target: undefined,
  rangeMs: 300_000,
  window: undefined,
  route: undefined,
  traffic: 'app',
  sort: undefined,
  tabs: [],
}

/** What the server answers: server/trpc/inputs.ts has the same. */
export const SHORTEST_RANGE_MS = 1_000
export const LONGEST_RANGE_MS = 366 * 86_400_000

/** A route template is short; a longer text in the URL is nobody's route. */
const LONGEST_ROUTE = 200

/** A host's name has at most 253 characters; its job is often the same, and a port follows. */
const LONGEST_TARGET = 600

/** Of the names of a column and of a panel, and how many panels there may be. */
const LONGEST_NAME = 120
const MOST_TABS = 24

/** Of a text that says a time. */
const LONGEST_TIME = 60

/** Reads a URL's query. What is missing or makes no sense is the default: a broken link still shows something. */
export function parseView(query: Query): View {
  const first = (name: string) => [query[name] ?? ''].flat()[0] ?? ''
  const upTo = (longest: number, text: string) => (text === '' || text.length > longest ? undefined : text)
  const from = upTo(LONGEST_TIME, first('from'))
  const to = upTo(LONGEST_TIME, first('to')) ?? 'now'
  const liveRangeMs = to === 'now' && from !== undefined ? readLiveRange(from) : undefined
  const isLive = liveRangeMs !== undefined && isRange(liveRangeMs)
  const hasWindow = !isLive && from !== undefined && [from, to].every((text) => readTime(text, 0) !== undefined)
  const named = RANGES.find(({ name }) => name === first('range'))?.rangeMs
  return {
    target: upTo(LONGEST_TARGET, first('target')),
    rangeMs: (isLive ? liveRangeMs : named) ?? DEFAULT_VIEW.rangeMs,
    window: hasWindow ? { from, to } : undefined,
    route: upTo(LONGEST_ROUTE, first('route')),
    traffic: first('traffic') === 'all' ? 'all' : 'app',
    sort: upTo(LONGEST_NAME, first('sort')),
    tabs: first('tab')
      .split(',', MOST_TABS)
      .filter((id) => upTo(LONGEST_NAME, id) !== undefined),
  }
}

/** A URL's query as Next would hand it over, but for a name that stands there twice: the first counts. */
export function toViewQuery(query: URLSearchParams): Query {
  return Object.fromEntries([...query].reverse())
}

/** What goes along from one page to another: whom, which time and which part of it, but not how one page shows that. */
export function toCarried(view: View): View {
  return { ...view, sort: undefined, tabs: [] }
}

/** The names in the query that are a view's. Others belong to one page, and are left alone. */
const NAMES = ['target', 'range', 'from', 'to', 'route', 'traffic', 'sort', 'tab']

/**
 * The query of a view, with its `?`, without what is the default: '' for the default view. Before it stands what `search`
 * has besides a view.
 */
export function toQuery(view: View, search = ''): string {
  const query = new URLSearchParams(search)
  for (const name of NAMES) query.delete(name)
  if (view.target !== undefined) query.set('target', view.target)
  const range = RANGES.find(({ rangeMs }) => rangeMs === view.rangeMs)
  if (range !== undefined && view.rangeMs !== DEFAULT_VIEW.rangeMs) query.set('range', range.name)
  const live = range === undefined ? { from: `now-${view.rangeMs / 1000}s`, to: 'now' } : undefined
  const time = view.window ?? live
  if (time !== undefined) {
    query.set('from', time.from)
    query.set('to', time.to)
  }
  if (view.route !== undefined) query.set('route', view.route)
  if (view.traffic === 'all') query.set('traffic', 'all')
  if (view.sort !== undefined) query.set('sort', view.sort)
  if (view.tabs.length > 0) query.set('tab', view.tabs.join(','))
  return query.size === 0 ? '' : `?${query}`
}

/** Which time a view shows: `endMs` is undefined where it goes on with the clock. */
export type ShownTime = { rangeMs: number; endMs: number | undefined }

/** What is relative in a window counts from `nowMs`. A window that ends before it begins, or is too long, is as none. */
export function shownTimeOf({ rangeMs, window }: Pick<View, 'rangeMs' | 'window'>, nowMs: number): ShownTime {
  const startMs = window && readTime(window.from, nowMs)
  const endMs = window && readTime(window.to, nowMs, true)
  const isShown = startMs !== undefined && endMs !== undefined && startMs >= 0 && isRange(endMs - startMs)
  return isShown ? { rangeMs: endMs - startMs, endMs } : { rangeMs, endMs: undefined }
}

/** The window between two moments, as the URL has it. */
export function toWindow(startMs: number, endMs: number): View['window'] {
  return { from: `${startMs}`, to: `${endMs}` }
}

const isRange = (ms: number) => ms >= SHORTEST_RANGE_MS && ms <= LONGEST_RANGE_MS
