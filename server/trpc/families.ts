// What targets expose, family by family and without its values: enough to build a board of it.
import type { Family, Labels, MetricType, Sample, Snapshot } from '../exposition/snapshot'

export type FamilySummary = {
  /** As PromQL has it: that of its samples; of a histogram or summary without `_bucket` and its like. */
  name: string
  /** What the selectors begin with: the same. */
  metric: string
  type: MetricType
  help: string
  /** '' where the target doesn't say it. */
  unit: string
  /** A histogram counts once, whatever its buckets. Of an engine (PROMETHEUS_URL) the browser asks for it. */
  seriesCount?: number | undefined
  /** Without `le` and `quantile`, and how many values each has: at most MOST_VALUES are told apart. */
  labels: { name: string; values: number }[]
  /** When the first sample is that is held of it; undefined where none is, and of an engine. */
  sinceMs?: number | undefined
}

/** Of what has more, the others are not told. */
export const MOST_FAMILIES = 5000
const MOST_VALUES = 100
/** Those of a distribution, not of a series. */
export const PARTS: ReadonlySet<string> = new Set(['le', 'quantile'])

/** Whether it counts requests as Hearth does; undefined before its first successful scrape. */
export function isHearth(snapshot: Snapshot | undefined): boolean | undefined {
  if (snapshot === undefined) return undefined
  const requests = snapshot.families.find(({ name }) => name === 'requests_total')
  const labels = requests?.samples[0]?.labels
  return (
    requests !== undefined && (labels === undefined || ['method', 'route', 'status'].every((name) => name in labels))
  )
}

/** What one target exposes, and the labels that its series are stored with besides. */
export type Exposed = { job: string; instance: string; labels: Labels; snapshot: Snapshot }

/** A family's first `type` and help count where targets disagree. */
type Counted = Pick<FamilySummary, 'name' | 'metric' | 'type' | 'help' | 'unit'> & {
  seriesCount: number
  values: Map<string, Set<string>>
}

/**
 * The families of these targets together; of several, job and instance are labels that tell series apart. `firstSamples` says
 * when the first sample of a series with that name is held. In steps, for Turns.finish.
 */
export function* summariesOf(
  targets: readonly Exposed[],
  firstSamples: ReadonlyMap<string, number> = new Map(),
): Generator<undefined, FamilySummary[]> {
  const counted = new Map<string, Counted>()
  for (const { job, instance, labels, snapshot } of targets) {
    const ofTarget: Labels = targets.length > 1 ? { ...labels, job, instance } : labels
    for (const family of snapshot.families) {
      const { name, type, help, unit } = family
      const metric = metricOf(name, type, family.samples)
      const known = counted.get(metric)
      if (known === undefined && counted.size === MOST_FAMILIES) continue
      const into = known ?? { name: metric, metric, type, help, unit, seriesCount: 0, values: new Map() }
      counted.set(metric, into)
      yield* count(family, ofTarget, into)
    }
  }
  return Array.from(counted.values(), ({ values, ...family }) => ({
    ...family,
    labels: Array.from(values, ([name, seen]) => ({ name, values: seen.size })),
    sinceMs: firstSamples.get(countedBy(family)),
  }))
}

/** The name of the samples of which each series has one. */
function countedBy({ metric, type }: Pick<FamilySummary, 'metric' | 'type'>): string {
  if (type === 'gaugehistogram') return `${metric}_gcount`
  return isDistribution(type) ? `${metric}_count` : metric
}

function* count({ type, samples }: Family, ofTarget: Labels, into: Counted): Generator<undefined> {
  const see = (label: string, value: string) => {
    const seen = into.values.get(label) ?? new Set()
    if (seen.size < MOST_VALUES) into.values.set(label, seen.add(value))
  }
  for (const sample of samples) {
    yield
    if (!isOneOfItsSeries(sample, type)) continue
    into.seriesCount++
    for (const [label, value] of Object.entries(sample.labels))
      if (!PARTS.has(label)) see(storedName(label, ofTarget), value)
    for (const [label, value] of Object.entries(ofTarget)) see(label, value)
  }
}

export const isDistribution = (type: MetricType) =>
  type === 'histogram' || type === 'gaugehistogram' || type === 'summary'

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

/** The storage gives every series the labels of its target, and keeps its own ones of these names under others. */
function storedName(label: string, ofTarget: Labels): string {
  return label === 'job' || label === 'instance' || label in ofTarget ? `exported_${label}` : label
}
