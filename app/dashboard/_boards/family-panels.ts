// The panels of one metric, by its type: for a target that is no Hearth, and for the pages of the metrics.
import type { FamilySummary } from '@/server/trpc/families'
import type { Unit } from '../_format/unit'
import type { Panel } from './panel'
import { toStringContent } from './substitute'

/** More lines can't be told apart: then they are added up by a label that has few values, or all together. */
const MOST_LINES = 12

const NOTHING_OBSERVED = 'Nothing was observed in the last $range.'

/** How a family's series become lines: `of` adds up what an expression gives, `words` says so in a subtitle. */
export type Grouping = { of(expr: string): string; legend: string; words: string }

/** What a program's runtime, its client library and its scrape say of themselves. */
export const isOfRuntime = ({ name }: Pick<FamilySummary, 'name'>) =>
  /^(process|go|python|nodejs|jvm|promhttp|hearth|metric_handler|scrape|net_conntrack|otel)_/.test(name)

/** Constants and moments say nothing over time. */
export function isOverTime({ metric, type }: FamilySummary): boolean {
  return type !== 'info' && !/_info$|_timestamp_seconds$|_start_time_seconds$/.test(metric)
}

export function rate(family: FamilySummary, by = grouping(family)): Panel {
  const of = unitOf(family.metric.replace(/_total$/, ''))
  return {
    ...common(family),
    subtitle: `${of.word === '' ? '' : `${of.word} `}per second over $window${by.words}`,
    unit: of.unit === 'bytes' ? 'bytes' : 'plain',
    queries: [{ expr: by.of(`rate(${selector(family.metric)}[$__rate_interval])`), legend: by.legend }],
  }
}

export function value(family: FamilySummary, by = grouping(family)): Panel {
  const { unit, word } = unitOf(family.metric)
  return {
    ...common(family),
    subtitle: `${word === '' ? 'value' : word}${by.words}`,
    unit,
    queries: [{ expr: by.of(selector(family.metric)), legend: by.legend }],
  }
}

export function percentiles(family: FamilySummary): Panel {
  const { unit, word } = unitOf(family.metric)
  const quantile = (q: number) =>
    `histogram_quantile(${q}, sum by (le) (rate(${selector(`${family.metric}_bucket`)}[$__rate_interval])))`
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
    hasExemplars: true,
  }
}

/** `window` is '' where the buckets are gauges themselves. */
export function heatMap(family: FamilySummary, window: string): Panel {
  const buckets = selector(`${family.metric}_bucket`)
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
    hasExemplars: true,
  }
}

/** Each series by itself, or sums by the label that has the most values of those that have few. */
export function grouping({ labels, seriesCount, type }: FamilySummary): Grouping {
  const names = type === 'summary' ? ['quantile', ...labels.map(({ name }) => name)] : labels.map(({ name }) => name)
  if (seriesCount !== undefined && seriesCount <= MOST_LINES) {
    const legend = names.map((name) => `{{${name}}}`).join(' ')
    return { of: (expr) => `${sumBy(names)}(${expr})`, legend: legend || 'value', words: '' }
  }
  const few = labels.filter(({ values }) => values > 1 && values <= MOST_LINES).sort((a, b) => b.values - a.values)[0]
  const words = seriesCount === undefined ? ', added up' : `, ${seriesCount} series added up`
  if (few === undefined) return { of: (expr) => `sum(${expr})`, legend: 'sum', words }
  return { of: (expr) => `${sumBy([few.name])}(${expr})`, legend: `{{${few.name}}}`, words: `${words} by ${few.name}` }
}

const sumBy = (names: readonly string[]) => (names.length > 0 ? `sum by (${names.map(labelName).join(', ')}) ` : 'sum')

/** Of the target's series of this name, which may be any text (UTF-8 names). */
export function selector(metric: string): string {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metric) ? `${metric}{$target}` : `{${quoted(metric)}, $target}`
}

export const labelName = (name: string): string => (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : quoted(name))

/** Without a dollar sign, which begins a variable. */
const quoted = (text: string) => `"${toStringContent(text).replaceAll('$', '\\x24')}"`

export function unitOf(metric: string): { unit: Unit; word: string } {
  if (metric.endsWith('_seconds')) return { unit: 'seconds', word: 'seconds' }
  if (metric.endsWith('_bytes')) return { unit: 'bytes', word: 'bytes' }
  return { unit: 'plain', word: '' }
}

export function common({ help, name, type }: FamilySummary): Omit<Panel, 'queries' | 'subtitle' | 'unit'> {
  const sentence = help.trim().replace(/\.$/, '')
  return {
    id: `family-${name}`,
    title: name,
    help: sentence === '' ? `A ${type} without a help text.` : `${sentence}.`,
    empty: 'No values in the last $range.',
    chart: 'lines',
  }
}
