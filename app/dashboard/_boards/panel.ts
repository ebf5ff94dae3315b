// What a board is made of. A board is data: to add a panel, add an object; nothing here draws.
import type { Unit } from '../_format/unit'
import type { Thresholds } from './thresholds'

/**
 * How a panel is drawn.
 * tile: a headline number, a sparkline and the range before. stack, lines: over time, one shared time axis.
 * buckets, heatmap: a histogram, now and over time, from one query by `le`. routes: a table, one column per query.
 * gauge: a number over its sparkline. exceptions: a list of counts, with words that PromQL can't hold.
 */
export type Chart = 'tile' | 'stack' | 'lines' | 'buckets' | 'heatmap' | 'routes' | 'gauge' | 'exceptions'

/** A colour of globals.css, by the name of its variable. */
export type Colour =
  | 'ok'
  | 'redirect'
  | 'client'
  | 'server'
  | 'gone'
  | 'p50'
  | 'p95'
  | 'p99'
  | `route-${1 | 2 | 3 | 4 | 5 | 6}`

/** Of series that have none by their meaning, one after the other; neighbours differ in lightness too. */
export const SERIES_COLOURS: readonly Colour[] = [
  'route-6',
  'p95',
  'ok',
  'p99',
  'route-2',
  'server',
  'client',
  'route-1',
  'redirect',
  'route-4',
  'route-5',
  'gone',
]

export type Query = {
  /** What Grafana calls it: `A`. */
  refId?: string
  /** PromQL with the variables of substitute.ts; every selector has `$target`. */
  expr: string
  /** What the series is called; `{{route}}` stands for a label's value, as in Grafana. A table's column, a tile's part. */
  legend: string
  colour?: Colour
  /** Without `colour`, those of its largest series, by the alphabet; the rest of them is grey. */
  colours?: readonly Colour[]
  /** Only the newest value is shown, so the history need not be asked for. */
  isInstant?: true
  /** From where on its newest value is a warning, or bad. The panel wears the worst of its queries. */
  thresholds?: Thresholds
}

export type Panel = {
  id: string
  title: string
  /** Where panels share a place: what this one is called on the switch that chooses among them. */
  tab?: string
  /**
   * What is measured, in which unit and over which time, beside the title. In all words `$range` stands for the range,
   * `$window` for the time that a value over time looks back, and `$minute` for a minute, or that time where it is longer.
   */
  subtitle: string
  /** What its number is of several processes. */
  of?: 'sum' | 'worst'
  unit: Unit
  /** One sentence that explains the panel to someone who sees it for the first time. */
  help: string
  /** What to do when there is nothing to show. `$target` stands for host and port; backticks are around what to type. */
  empty: string
  /** Nothing to show is an answer like any other: `empty` says it of any target. */
  isEmptyAnswer?: true
  chart: Chart
  /**
   * The value axis begins at 0 unless told otherwise. fitted: at the least value, for a counter that is far above 0;
   * log: logarithmic, for values whose magnitudes differ.
   */
  axis?: 'fitted' | 'log'
  /** Where the value axis begins and ends, where that is given. */
  extent?: { min?: number | undefined; max?: number | undefined }
  /** Of the bounds of a histogram's buckets: seconds unless told otherwise. */
  bucketUnit?: Unit
  queries: readonly Query[]
  /** The series behind its first query may have exemplars, whose values are those of its value axis or of its buckets. */
  hasExemplars?: true
}

/** A cell of the twelve-column grid. Where several panels share it, each has its `tab`. */
export type Place = { span: 2 | 3 | 4 | 5 | 6 | 7 | 12; panels: readonly [Panel, ...Panel[]] }

/** A name that no other control of the page has: `Requests by status`. */
export function toPanelName({ title, tab }: Panel): string {
  return tab === undefined ? title : `${title} ${tab.toLowerCase()}`
}

/**
 * PromQL of what all charts over time mark: `starts` are values that are the time at which a process started, `builds`
 * series that there are while a build runs, `notes` what was posted, each with its time as the newest value.
 */
export type BoardAnnotations = { starts: string; builds: string; notes: string }

export type Board = { id: string; title: string; annotations: BoardAnnotations; places: readonly Place[] }

/** The panel, whose subtitle says so where the reader has chosen a route and its queries don't follow that. */
export function withScope(panel: Panel, route: string | undefined): Panel {
  const follows = panel.queries.some(({ expr }) => expr.includes('$route'))
  if (route === undefined || follows || panel.subtitle.includes(ALL_ROUTES)) return panel
  return { ...panel, subtitle: `${panel.subtitle}, ${ALL_ROUTES}` }
}

const ALL_ROUTES = 'all routes'
