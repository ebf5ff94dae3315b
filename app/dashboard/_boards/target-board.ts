// A board of whatever a target exposes, for one that is no Hearth: a panel for each family, by its type. Its code comes when
// such a target is chosen.
import type { FamilySummary } from '@/server/trpc/families'
import type { Unit } from '../_format/unit'
import type { Panel, Place } from './panel'
import type { TargetBoard } from './scrape-board'
import { scrapeBoard } from './scrape-board'

/** More would be a wall, and each asks something at every tick. */
export const MOST_PANELS = 24
/** More lines can't be told apart: then they are added up by a label that has few values, or all together. */
const MOST_LINES = 12

const NOTHING_OBSERVED = 'Nothing was observed in the last $range.'

/** The scrape itself first, then what the program is about, and what its runtime says of itself last. */
export function toTargetBoard(families: readonly FamilySummary[]): TargetBoard {
  const ranked = [...families].sort((a, b) => Number(isOfRuntime(a)) - Number(isOfRuntime(b)))
  const places = ranked.map((family) => ({ family, place: toPlace(family) }))
  const drawable = places.flatMap(({ place }) => place ?? [])
  const drawn = new Set(drawable.slice(0, MOST_PANELS))
  return {
    ...scrapeBoard,
    places: [...scrapeBoard.places, ...drawn],
    rest: places.flatMap(({ family, place }) => (place !== undefined && drawn.has(place) ? [] : family.name)),
  }
}

const isOfRuntime = ({ name }: FamilySummary) =>
  /^(process|go|python|nodejs|jvm|promhttp|scrape|net_conntrack|otel)_/.test(name)

/** Undefined for what says nothing over time: constants, moments, and what has no samples. */
function toPlace(family: FamilySummary): Place | undefined {
  const { metric, seriesCount, type } = family
  const base = metric.replace(/_bucket$/, '')
  if (seriesCount === 0 || type === 'info' || /_info$|_timestamp_seconds$|_start_time_seconds$/.test(metric))
    return undefined
  // Without a TYPE line a histogram's parts are families by themselves.
  if (type === 'histogram' || (type === 'unknown' && base !== metric)) return distribution({ ...family, metric: base })
  if (type === 'gaugehistogram') return { span: 6, panels: [heatMap(family, '')] }
  if (type === 'stateset') return undefined
  if (type === 'counter') return { span: 6, panels: [rate(family)] }
  return { span: 6, panels: [value(family)] }
}

function rate(family: FamilySummary): Panel {
  const of = unitOf(family.metric.replace(/_total$/, ''))
  const by = grouping(family)
  return {
    ...common(family),
    subtitle: `${of.word === '' ? '' : `${of.word} `}per second over $window${by.words}`,
    unit: of.unit === 'bytes' ? 'bytes' : 'plain',
    queries: [{ expr: `${by.sum}(rate(${family.metric}{$target}[$__rate_interval]))`, legend: by.legend }],
  }
}

function value(family: FamilySummary): Panel {
  const { unit, word } = unitOf(family.metric)
  const by = grouping(family)
  return {
    ...common(family),
    subtitle: `${word === '' ? 'value' : word}${by.words}`,
    unit,
    queries: [{ expr: `${by.sum}(${family.metric}{$target})`, legend: by.legend }],
  }
}

/** Where nothing is observed at the moment, percentiles have no value, and a heat map has empty cells. */
const distribution = (family: FamilySummary): Place => ({
  span: 6,
  panels: [
    { ...percentiles(family), tab: 'Percentiles' },
    { ...heatMap(family, '[$__rate_interval]'), tab: 'Heat map' },
  ],
})

function percentiles(family: FamilySummary): Panel {
  const { unit, word } = unitOf(family.metric)
  const quantile = (q: number) =>
    `histogram_quantile(${q}, sum by (le) (rate(${family.metric}_bucket{$target}[$__rate_interval])))`
  return {
    ...common(family),
    subtitle: `${word === '' ? 'percentiles' : word} over $window`,
    unit,
    empty: NOTHING_OBSERVED,
    isEmptyAnswer: true,
    queries: [
      { expr: quantile(0.5), legend: 'p50', colour: 'p50' },
      { expr: quantile(0.95), legend: 'p95', colour: 'p95' },
      { expr: quantile(0.99), legend: 'p99', colour: 'p99' },
    ],
  }
}

/** `window` is '' where the buckets are gauges themselves. */
function heatMap(family: FamilySummary, window: string): Panel {
  const buckets = `${family.metric}_bucket{$target}`
  return {
    ...common(family),
    id: `heat-${family.name}`,
    chart: 'heatmap',
    subtitle: window === '' ? 'by value over time' : 'per second over $window, by value over time',
    unit: window === '' ? 'plain' : 'perSecond',
    bucketUnit: unitOf(family.metric).unit,
    empty: NOTHING_OBSERVED,
    isEmptyAnswer: true,
    queries: [{ expr: `sum by (le) (${window === '' ? buckets : `rate(${buckets}${window})`})`, legend: '{{le}}' }],
  }
}

/** Each series by itself, or sums by the label that has the most values of those that have few. */
function grouping({ labels, seriesCount, type }: FamilySummary): { sum: string; legend: string; words: string } {
  const names = type === 'summary' ? ['quantile', ...labels.map(({ name }) => name)] : labels.map(({ name }) => name)
  if (seriesCount <= MOST_LINES) {
    const legend = names.map((name) => `{{${name}}}`).join(' ')
    return { sum: names.length > 0 ? `sum by (${names.join(', ')}) ` : 'sum', legend: legend || 'value', words: '' }
  }
  const few = labels.filter(({ values }) => values > 1 && values <= MOST_LINES).sort((a, b) => b.values - a.values)[0]
  const words = `, ${seriesCount} series added up`
  if (few === undefined) return { sum: 'sum', legend: 'sum', words }
  return { sum: `sum by (${few.name}) `, legend: `{{${few.name}}}`, words: `${words} by ${few.name}` }
}

function unitOf(metric: string): { unit: Unit; word: string } {
  if (metric.endsWith('_seconds')) return { unit: 'seconds', word: 'seconds' }
  if (metric.endsWith('_bytes')) return { unit: 'bytes', word: 'bytes' }
  return { unit: 'plain', word: '' }
}

function common({ help, name, type }: FamilySummary): Omit<Panel, 'queries' | 'subtitle' | 'unit'> {
  const sentence = help.trim().replace(/\.$/, '')
  return {
    id: `family-${name}`,
    title: name,
    help: sentence === '' ? `A ${type} without a help text.` : `${sentence}.`,
    empty: 'No values in the last $range.',
    chart: 'lines',
  }
}
