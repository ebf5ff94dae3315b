// A board of one metric: the questions that fit its type, and the same by each of its labels.
import type { FamilySummary } from '@/server/trpc/families'
import type { Grouping } from './family-panels'
import { common, heatMap, isOverTime, labelName, percentiles, rate, selector, unitOf, value } from './family-panels'
import { overview } from './overview'
import type { Board, Panel, Place } from './panel'

type Label = FamilySummary['labels'][number]

/** More lines can't be told apart: of a label with more values, those are asked for that are the largest at each moment. */
const MOST_LINES = 6
/** Of panels by label: each asks something at every tick. */
const MOST_SPLITS = 10

/** By label `by`, if the reader has chosen one of the metric's, else by each label that tells series apart. */
export function toFamilyBoard(family: FamilySummary, by?: string): Board {
  const whole = asDistribution(family) ?? family
  const chosen = family.labels.filter(({ name }) => name === by)
  const split = (chosen.length > 0 ? chosen : splittable(family)).slice(0, MOST_SPLITS)
  const span = chosen.length > 0 ? 12 : 6
  return {
    id: 'metric',
    title: family.name,
    // Its starts and builds are found by the same names.
    annotations: overview.annotations,
    places: [
      ...wholeOf(whole),
      ...split.flatMap((label) => partsOf(whole, label)).map((panel): Place => ({ span, panels: [panel] })),
    ],
  }
}

/** The labels that tell series apart. */
export const splittable = ({ labels }: FamilySummary): Label[] => labels.filter(({ values }) => values > 1)

/** What the list shows of a metric in one number: a rate of what is counted, a value of what is measured. */
export function toHeadline(family: FamilySummary): Panel {
  const distribution = asDistribution(family)
  if (distribution !== undefined) return observations(distribution, ALL)
  if (family.type === 'summary') return observations(family, ALL)
  if (family.type === 'counter')
    return { ...rate(family, ALL), unit: unitOf(family.metric).unit === 'bytes' ? 'bytes' : 'perSecond' }
  return value(family, family.seriesCount === 1 ? ALL : MEAN)
}

/** Without a TYPE line a histogram's buckets are a family by themselves. */
function asDistribution(family: FamilySummary): FamilySummary | undefined {
  const base = family.metric.replace(/_bucket$/, '')
  if (family.type === 'histogram') return family
  return family.type === 'unknown' && base !== family.metric
    ? { ...family, metric: base, type: 'histogram' }
    : undefined
}

/** One sample of each of its series: a selector, for whoever counts them. */
export function oneOfEach(family: FamilySummary): string {
  const { metric, type } = asDistribution(family) ?? family
  if (type === 'histogram' || type === 'summary') return selector(`${metric}_count`)
  return selector(type === 'gaugehistogram' ? `${metric}_gcount` : metric)
}

function wholeOf(family: FamilySummary): Place[] {
  const { type } = family
  if (type === 'histogram') {
    return [
      { span: 6, panels: [{ ...percentiles(family), title: 'Percentiles' }] },
      { span: 6, panels: [{ ...heatMap(family, '[$__rate_interval]'), title: 'Heat map' }] },
      { span: 12, panels: [{ ...observations(family, ALL), title: 'Observations' }] },
    ]
  }
  if (type === 'gaugehistogram') return [{ span: 12, panels: [heatMap(family, '')] }]
  if (type === 'counter') return [{ span: 12, panels: [rate(family, ALL)] }]
  if (type === 'gauge' && family.seriesCount !== 1 && isOverTime(family))
    return [{ span: 12, panels: [extent(family)] }]
  return [{ span: 12, panels: [value(family)] }]
}

/** The same by one label: a mean of gauges, since a sum of temperatures is none. */
function partsOf(family: FamilySummary, label: Label): Panel[] {
  const { type } = family
  const { name } = label
  if (type === 'histogram') {
    return [
      { ...quantileBy(family, label), id: `p95-${name}`, title: `p95 by ${name}` },
      { ...observations(family, by(label, 'sum')), id: `count-${name}`, title: `Observations by ${name}` },
    ]
  }
  if (type === 'gaugehistogram' || type === 'summary') return []
  const panel = type === 'counter' ? rate(family, by(label, 'sum')) : value(family, by(label, 'avg'))
  return [{ ...panel, id: `by-${name}`, title: `By ${name}` }]
}

/** How often something was observed. */
function observations(family: FamilySummary, by: Grouping): Panel {
  return {
    ...common(family),
    id: `count-${family.name}`,
    subtitle: `per second over $window${by.words}`,
    unit: 'perSecond',
    queries: [{ expr: by.of(`rate(${selector(`${family.metric}_count`)}[$__rate_interval])`), legend: by.legend }],
  }
}

function quantileBy(family: FamilySummary, label: Label): Panel {
  const { unit, word } = unitOf(family.metric)
  const buckets = `rate(${selector(`${family.metric}_bucket`)}[$__rate_interval])`
  const expr = `histogram_quantile(0.95, sum by (le, ${labelName(label.name)}) (${buckets}))`
  return {
    ...common(family),
    subtitle: `${word === '' ? 'value' : word} over $window${mostWords(label)}`,
    unit,
    empty: 'Nothing was observed in the last $range.',
    isEmptyAnswer: true,
    queries: [{ expr: largest(label, expr), legend: `{{${label.name}}}` }],
  }
}

/** Where all series of a gauge lie. */
function extent(family: FamilySummary): Panel {
  const { unit, word } = unitOf(family.metric)
  const expr = selector(family.metric)
  return {
    ...common(family),
    subtitle: `${word === '' ? 'value' : word} of ${family.seriesCount ?? 'all'} series`,
    unit,
    queries: [
      { expr: `max(${expr})`, legend: 'largest', colour: 'p99' },
      { expr: `avg(${expr})`, legend: 'mean', colour: 'p95' },
      { expr: `min(${expr})`, legend: 'smallest', colour: 'p50' },
    ],
  }
}

const ALL: Grouping = { of: (expr) => `sum(${expr})`, legend: 'all series', words: '' }
const MEAN: Grouping = { of: (expr) => `avg(${expr})`, legend: 'mean', words: '' }

function by(label: Label, operator: 'sum' | 'avg'): Grouping {
  return {
    of: (expr) => largest(label, `${operator} by (${labelName(label.name)}) (${expr})`),
    legend: `{{${label.name}}}`,
    words: `${operator === 'avg' ? ', mean' : ''}${mostWords(label)}`,
  }
}

const largest = ({ values }: Label, expr: string) => (values > MOST_LINES ? `topk(${MOST_LINES}, ${expr})` : expr)
const mostWords = ({ values }: Label) => (values > MOST_LINES ? `, the ${MOST_LINES} largest at each moment` : '')
