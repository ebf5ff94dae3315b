// From what was told to what is drawn: the chart that fits the answer's shape, and a panel and a board for the page's charts.
import type { OwnPanel } from '../_boards/own-board'
import type { Colour, Panel } from '../_boards/panel'
import { SERIES_COLOURS } from '../_boards/panel'
import { commonLabels, toName } from '../_charts/chart-line'
import type { Unit } from '../_format/unit'
import type { LiveBoard, LiveSeries, LiveState } from '../_live/live-board'
import type { ExploreView } from '../_state/explore-query'
import type { Labels } from './promql-api'
import type { RangeTold } from './use-told'

export type Shape = Exclude<ExploreView['drawing'], 'auto'>

/** A series of an answer, with the words that it has in a legend. */
export type DrawnSeries = LiveSeries & { name: string; typed: string; letter: string; colour: Colour }

/** Those that all series of all queries have alike. */
export function toCommon({ results }: RangeTold): Labels {
  return commonLabels(results.flatMap((result) => ('error' in result ? [] : result.answer.series)))
}

/** All series that were told, in the order of the queries. What is common to them isn't in their names. */
export function toSeries(told: RangeTold): DrawnSeries[] {
  const { results } = told
  const common = toCommon(told)
  const all = results.flatMap((result) => {
    if ('error' in result) return []
    const { place, legend, typed } = result.query
    return result.answer.series.map((series) => {
      const letter = toLetter(place)
      return {
        ...series,
        key: `${letter} ${series.key}`,
        letter,
        typed,
        name: toSeriesName(legend, series.labels, common) || typed,
      }
    })
  })
  return all.map((series, i) => ({ ...series, colour: SERIES_COLOURS[i % SERIES_COLOURS.length] ?? 'gone' }))
}

/** `A` for the first query. */
export const toLetter = (place: number): string => String.fromCharCode(65 + place)

/** With a legend, that; else `up{job="hearth"}`, as Prometheus writes it; '' where there are no labels. */
export function toSeriesName(legend: string, labels: Labels, common: Labels = {}): string {
  if (legend !== '') return toName(legend, labels)
  const { __name__: metric = '', ...others } = labels
  const different = Object.entries(others).filter(([name]) => common[name] === undefined)
  const pairs = different.map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(', ')}}`
}

/** A histogram's buckets are a heat map, a single constant is a number, all else are lines. */
export function toShape(series: readonly DrawnSeries[], chosen: ExploreView['drawing']): Shape {
  if (chosen !== 'auto') return chosen
  const [first] = series
  if (first === undefined) return 'lines'
  const isHistogram = series.every(({ labels, letter }) => isBound(labels.le) && letter === first.letter)
  if (isHistogram && series.length > 1 && isOneHistogram(series)) return 'heatmap'
  const isScalar = series.length === 1 && Object.keys(first.labels).length === 0
  const known = first.values.filter((value) => value !== null)
  return isScalar && known.every((value) => Object.is(value, known[0])) ? 'number' : 'lines'
}

/** Two series of one bound are two histograms. */
const isOneHistogram = (series: readonly DrawnSeries[]) =>
  new Set(series.map(({ labels }) => labels.le)).size === series.length

const isBound = (le: string | undefined) =>
  le !== undefined && le !== '' && (le === '+Inf' || !Number.isNaN(Number(le)))

/** A panel with a query for each series, so that each has its own colour; the keys of the series are their expressions. */
export function toPanel(series: readonly DrawnSeries[], shape: Shape, unit: ExploreView['unit']): Panel {
  const isHeat = shape === 'heatmap'
  return {
    id: 'answer',
    title: 'Graph',
    subtitle: '',
    unit,
    help: '',
    empty: '',
    bucketUnit: unitOfBuckets(series[0]?.typed),
    chart: isHeat ? 'heatmap' : shape === 'stack' ? 'stack' : 'lines',
    queries: isHeat
      ? [{ expr: HEAT, legend: '{{le}}' }]
      : series.map(({ key, colour }) => ({ expr: key, legend: '{{series}}', colour })),
  }
}

/** As the names of histograms have it: `latency_seconds_bucket`. */
function unitOfBuckets(typed = ''): Unit {
  const [, unit] = /_(seconds|bytes)_bucket\b/.exec(typed) ?? []
  return unit === 'seconds' || unit === 'bytes' ? unit : 'plain'
}

/** What is asked, as a panel of the reader's own board: in the words that were typed, with the variables of time. */
export function toPinned({ queries, unit }: ExploreView, shape: Shape): OwnPanel {
  const asked = queries.filter(({ expr, isOff }) => !isOff && expr.trim() !== '')
  const panel: Panel = {
    ...toPanel([], shape, unit),
    title: (asked[0]?.expr ?? '').slice(0, LONGEST_TITLE),
    help: 'Asked in Explore.',
    empty: 'No values in the last $range.',
    isEmptyAnswer: true,
    bucketUnit: unitOfBuckets(asked[0]?.expr),
    queries: asked.map(({ expr, legend }) => ({ expr, legend })),
  }
  return { panel, drawing: DRAWINGS[shape], width: 12, undrawn: [] }
}

const LONGEST_TITLE = 80
const NUMBERS = {
  reduction: 'lastNotNull',
  steps: [],
  mappings: [],
  hasGraph: true,
  isName: false,
  isHistogram: false,
} as const
const DRAWINGS: Readonly<Record<Shape, OwnPanel['drawing']>> = {
  // As they are drawn there: from 0.
  lines: { kind: 'time', softMin: 0 },
  stack: { kind: 'time', softMin: 0 },
  heatmap: { kind: 'ours' },
  bars: { kind: 'bars', ...NUMBERS },
  number: { kind: 'stat', ...NUMBERS },
}

/** What the board answers with all series: those of a heat map are drawn together. */
export const HEAT = ''

export function toBoard({ steps }: RangeTold, series: readonly DrawnSeries[], state: LiveState): LiveBoard {
  const { startMs, endMs, stepMs } = steps
  const count = Math.floor((endMs - startMs) / stepMs) + 1
  const byKey = new Map(series.map((one) => [one.key, [{ ...one, labels: { series: one.name } }]]))
  return {
    timesMs: Array.from({ length: count }, (_, i) => startMs + i * stepMs),
    stepMs,
    series: (expr) => (expr === HEAT ? series : (byKey.get(expr) ?? [])),
    error: () => undefined,
    state,
    newestMs: endMs,
    hasHistory: true,
  }
}
