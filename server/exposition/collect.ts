// Reads a prom-client registry into a Snapshot that nothing changes any more.
import type { Registry } from 'prom-client'
import { setLabel } from './labels'
import { formatCanonical, formatFloat } from './number'
import type { Exemplar, Family, Labels, MetricType, Sample, Snapshot } from './snapshot'

/** What is needed of a prom-client Registry, whichever content type it has. */
export type CollectableRegistry = Pick<Registry, 'getMetricsAsArray' | 'getMetricsAsJSON'>

/** Hears of a metric whose `collect` callback threw. */
export type ReportBroken = (metricName: string, error: unknown) => void

/**
 * The values of all metrics at one moment, copied: prom-client hands out objects that live on. Families and samples
 * come in the order of their creation, a histogram's bounds and a summary's quantiles in canonical form (`1.0`).
 *
 * A metric whose own `collect` callback throws doesn't take the others with it, and doesn't vanish in silence: its
 * family is there without samples, and `reportBroken` is told, which by default logs it, once per metric.
 * Each metric's callback runs exactly once; one that never settles delays the snapshot for ever.
 */
export async function collect(
  registry: CollectableRegistry,
  now: () => number = Date.now,
  reportBroken: ReportBroken = logOnce,
): Promise<Snapshot> {
  const metrics = registry.getMetricsAsArray()
  const readings = await Promise.allSettled(metrics.map((metric) => withOnly(registry, metric).getMetricsAsJSON()))
  const takenAtMs = now()
  const families = metrics.map(({ name, help, type }, index): Family => {
    const family: Family = { name, type: typeOf(type), help, unit: '', samples: [] }
    const reading = readings[index]
    if (reading?.status === 'rejected') reportBroken(name, reading.reason)
    if (reading?.status === 'fulfilled') for (const { values } of reading.value) copySamples(values, family)
    return family
  })
  return { takenAtMs, families }
}

/**
 * The registry as if it held one metric only. getMetricsAsJSON rejects as a whole when one metric fails, and it alone
 * knows the default labels: asked once per metric, it stays right for the others.
 */
function withOnly(
  registry: CollectableRegistry,
  metric: ReturnType<CollectableRegistry['getMetricsAsArray']>[number],
): CollectableRegistry {
  return Object.create(registry, { getMetricsAsArray: { value: () => [metric] } })
}

const TYPES = new Map<string, MetricType>([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
])

/** prom-client declares its types as a numeric enum, but they are words. */
function typeOf(type: unknown): MetricType {
  return TYPES.get(String(type)) ?? 'unknown'
}

/** A value as getMetricsAsJSON really has it; prom-client's declarations leave out all but `value` and `labels`. */
type LiveValue = { value: number; labels: LiveLabels; metricName?: string; exemplar?: LiveExemplar | null }
type LiveLabels = Readonly<Record<string, string | number | undefined>>
type LiveExemplar = { labelSet: LiveLabels; value: number; timestamp?: number }

function copySamples(values: readonly LiveValue[] | undefined, family: Family): void {
  const bound = family.type === 'histogram' ? 'le' : family.type === 'summary' ? 'quantile' : ''
  for (const { value, labels, metricName = family.name, exemplar } of values ?? []) {
    const sample: Sample = { name: metricName, labels: copyLabels(labels, bound), value }
    if (exemplar) sample.exemplar = copyExemplar(exemplar)
    family.samples.push(sample)
  }
}

/** Numbers become text, and a label without a value is left out: prom-client would write "undefined". */
function copyLabels(live: LiveLabels, bound: string): Labels {
  const labels: Record<string, string> = {}
  for (const name in live) {
    const value = live[name]
    if (typeof value === 'string') setLabel(labels, name, value)
    else if (typeof value === 'number')
      setLabel(labels, name, name === bound ? formatCanonical(value) : formatFloat(value))
    else if (value !== undefined && value !== null) setLabel(labels, name, String(value))
  }
  return labels
}

/** prom-client stamps exemplars in seconds, made of a clock's milliseconds. */
function copyExemplar({ labelSet, value, timestamp }: LiveExemplar): Exemplar {
  const exemplar: Exemplar = { labels: copyLabels(labelSet, ''), value }
  if (timestamp !== undefined) exemplar.timestampMs = Math.round(timestamp * 1000)
  return exemplar
}

const logged = new Set<string>()

function logOnce(metricName: string, error: unknown): void {
  if (logged.has(metricName)) return
  logged.add(metricName)
  console.error(`metrics: collecting ${metricName} failed, so it has no samples until its callback works again:`, error)
}
