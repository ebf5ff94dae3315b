// What a target exposes, family by family and without its values: enough to build a board of it.
import type { Family, MetricType, Sample, Snapshot } from '../exposition/snapshot'
import { METRIC_TYPES } from '../exposition/snapshot'
import type { Querier } from '../query/querier'

export type FamilySummary = {
  name: string
  /** What its samples are called in PromQL: the name alone, or, of a histogram or summary, without `_bucket` and its like. */
  metric: string
  type: MetricType
  help: string
  /** '' where the target doesn't say it. */
  unit: string
  /** A histogram counts once, whatever its buckets. Of an engine (PROMETHEUS_URL) it isn't known. */
  seriesCount?: number | undefined
  /** Without `le` and `quantile`, and how many values each has: at most MOST_VALUES are told apart. */
  labels: { name: string; values: number }[]
}

/** Of a target with more, the others are not told. */
export const MOST_FAMILIES = 5000
const MOST_VALUES = 100
/** Those of a distribution, not of a series. */
const PARTS: ReadonlySet<string> = new Set(['le', 'quantile'])

/** Whether it counts requests as Hearth does; undefined before its first successful scrape. */
export function isHearth(snapshot: Snapshot | undefined): boolean | undefined {
  if (snapshot === undefined) return undefined
  const requests = snapshot.families.find(({ name }) => name === 'requests_total')
  const labels = requests?.samples[0]?.labels
  return (
    requests !== undefined && (labels === undefined || ['method', 'route', 'status'].every((name) => name in labels))
  )
}

/** In steps, for Turns.finish. */
export function* summariesOf({ families }: Snapshot): Generator<undefined, FamilySummary[]> {
  const summaries: FamilySummary[] = []
  for (const family of families.slice(0, MOST_FAMILIES)) summaries.push(yield* summaryOf(family))
  return summaries
}

function* summaryOf({ name, type, help, unit, samples }: Family): Generator<undefined, FamilySummary> {
  const values = new Map<string, Set<string>>()
  let seriesCount = 0
  for (const sample of samples) {
    yield
    if (!isOneOfItsSeries(sample, type)) continue
    seriesCount++
    for (const [label, value] of Object.entries(sample.labels)) {
      if (PARTS.has(label)) continue
      const seen = values.get(label) ?? new Set()
      if (seen.size < MOST_VALUES) values.set(label, seen.add(value))
    }
  }
  const labels = [...values].map(([label, seen]) => ({ name: storedName(label), values: seen.size }))
  return { name, metric: metricOf(name, type, samples), type, help, unit, seriesCount, labels }
}

/**
 * What an engine has series of since `startMs`, by the metadata that it keeps of its targets. A name without metadata, such
 * as a recording rule's, is a family of an unknown type.
 */
export async function familiesOfEngine(
  querier: Pick<Querier, 'metadata' | 'labelValues'>,
  startMs: number,
  endMs: number,
): Promise<FamilySummary[]> {
  const filter = { selectors: [], startMs, endMs }
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
    found.set(name, {
      name,
      metric: isDistribution(type) ? name : metric,
      type,
      help,
      unit,
      seriesCount: undefined,
      labels: [],
    })
  }
  return [...found.values()]
}

/** What a sample's name has after that of its family. */
const PART_NAMES = ['_total', '_bucket', '_count', '_sum', '_gcount', '_gsum', '_info', '_created']

const withoutEnd = (text: string, end: string) => (text.endsWith(end) ? text.slice(0, -end.length) : undefined)

const isDistribution = (type: MetricType) => type === 'histogram' || type === 'gaugehistogram' || type === 'summary'

/** A distribution has many samples for each series, of which one is the count. */
function isOneOfItsSeries({ name }: Sample, type: MetricType): boolean {
  if (type === 'gaugehistogram') return name.endsWith('_gcount')
  if (type === 'histogram' || type === 'summary') return name.endsWith('_count')
  return !name.endsWith('_created')
}

function metricOf(name: string, type: MetricType, samples: readonly Sample[]): string {
  if (isDistribution(type)) return name
  return samples.find((sample) => isOneOfItsSeries(sample, type))?.name ?? name
}

/** The storage gives every series the job and the instance of its target, and keeps its own ones under another name. */
const storedName = (label: string) => (label === 'job' || label === 'instance' ? `exported_${label}` : label)
