// What an engine (PROMETHEUS_URL) has: its families, and of one of them the labels. Each question is bounded by a time and names
// a selector where it counts series.
import { METRIC_TYPES } from '../exposition/snapshot'
import type { AskOptions, Querier, SeriesFilter } from '../query/querier'
import type { FamilySummary } from './families'
import { isDistribution, MOST_FAMILIES, PARTS } from './families'

/** Longer than any scrape interval that is usual. */
const LOOKBACK_MS = 15 * 60_000
/** Of a family: each costs the engine one aggregation over its series. */
const MOST_LABELS = 16
/** Of jobs, and of labels, that are offered as filters. */
const MOST_CHOICES = 500

/** What has been there of late, of the series that have this job and this label, where they are named. */
export function lately(
  nowMs: number,
  { job, label }: { job?: string | undefined; label?: string | undefined } = {},
): SeriesFilter {
  const matchers = [
    ...(job === undefined ? [] : [`job=${JSON.stringify(job)}`]),
    ...(label === undefined ? [] : [`${labelName(label)}!=""`]),
  ]
  const selectors = matchers.length === 0 ? [] : [`{${matchers.join(', ')}}`]
  return { selectors, startMs: nowMs - LOOKBACK_MS, endMs: nowMs }
}

/**
 * What an engine has series of, by the metadata that it keeps of its targets. A name without metadata, such as a recording
 * rule's, is a family of an unknown type. How many series and labels a family has is not told: counting all of them would
 * make the engine read all that it has.
 */
export async function familiesOfEngine(
  querier: Pick<Querier, 'metadata' | 'labelValues'>,
  filter: SeriesFilter,
): Promise<FamilySummary[]> {
  const [metadata, names] = await Promise.all([querier.metadata(), querier.labelValues('__name__', filter)])
  const found = new Map<string, FamilySummary>()
  for (const metric of names) {
    if (found.size === MOST_FAMILIES) break
    const name = [metric, ...PART_NAMES.map((part) => withoutEnd(metric, part))].find((one) => one && metadata[one])
    const described = name === undefined ? undefined : metadata[name]?.[0]
    if (name === undefined || described === undefined) {
      const unknown = { type: 'unknown', help: '', unit: '' } as const
      found.set(metric, { name: metric, metric, ...unknown, seriesCount: undefined, labels: [] })
      continue
    }
    const { help, unit } = described
    const type = METRIC_TYPES.find((one) => one === described.type) ?? 'unknown'
    // When a counter or a distribution began.
    if (type !== 'gauge' && metric === `${name}_created`) continue
    const own = isDistribution(type) ? name : metric
    found.set(own, { name: own, metric: own, type, help, unit, seriesCount: undefined, labels: [] })
  }
  return [...found.values()]
}

/** What a sample's name has after that of its family. */
const PART_NAMES = ['_total', '_bucket', '_count', '_sum', '_gcount', '_gsum', '_info', '_created']

const withoutEnd = (text: string, end: string) => (text.endsWith(end) ? text.slice(0, -end.length) : undefined)

/** The labels of the series that a selector finds now, with how many values each has: in two questions. */
export async function labelsOfEngine(
  querier: Pick<Querier, 'labelNames' | 'instant'>,
  selector: string,
  nowMs: number,
  options: AskOptions,
): Promise<FamilySummary['labels']> {
  const all = await querier.labelNames({ ...lately(nowMs), selectors: [selector] })
  const names = all.filter((name) => name !== '__name__' && !PARTS.has(name)).slice(0, MOST_LABELS)
  if (names.length === 0) return []
  const counts = names.map(
    (name, i) => `label_replace(count(count by (${labelName(name)}) (${selector})), "label", "${i}", "", "")`,
  )
  const value = await querier.instant(counts.join(' or '), nowMs, options)
  if (value.type !== 'vector') return []
  const valuesOf = new Map(value.series.map(({ labels, value }) => [labels.label, value]))
  return names.map((name, i) => ({ name, values: valuesOf.get(`${i}`) ?? 0 }))
}

/** By what the families can be filtered. */
export async function choicesOfEngine(querier: Pick<Querier, 'labelNames' | 'labelValues'>, nowMs: number) {
  const filter = lately(nowMs)
  const [jobs, labels] = await Promise.all([querier.labelValues('job', filter), querier.labelNames(filter)])
  return {
    jobs: jobs.slice(0, MOST_CHOICES),
    labels: labels.filter((name) => name !== '__name__' && !PARTS.has(name)).slice(0, MOST_CHOICES),
  }
}

/** As PromQL has it: any text may be a name. */
const labelName = (name: string) => (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : JSON.stringify(name))
