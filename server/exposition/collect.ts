// Reads a prom-client registry into a Snapshot that nothing changes any more.
import type { Registry } from 'prom-client'
import type { LiveValue } from './copy-samples'
import { copySamples } from './copy-samples'
import type { Family, MetricType, Snapshot } from './snapshot'

/** What is needed of a prom-client Registry, whichever content type it has. */
export type CollectableRegistry = Pick<Registry, 'getMetricsAsArray' | 'getMetricsAsJSON'>

/** Hears of a metric whose `collect` callback threw. */
export type ReportBroken = (metricName: string, error: unknown) => void

/** What each registry had the last time. */
const newest = new WeakMap<CollectableRegistry, Snapshot>()

/**
 * The values of all metrics at one moment, copied: prom-client hands out objects that live on. Families and samples
 * come in the order of their creation, a histogram's bounds and a summary's quantiles in canonical form (`1.0`). As
 * long as a series exists, its labels are the same object from one snapshot to the next.
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
  const previous = newest.get(registry)?.families ?? []
  const takenAtMs = now()
  const families = metrics.map(({ name, help, type }, index): Family => {
    const family: Family = { name, type: typeOf(type), help, unit: '', samples: [] }
    const reading = readings[index]
    if (reading?.status === 'rejected') reportBroken(name, reading.reason)
    if (reading?.status === 'fulfilled') {
      const values: LiveValue[] = reading.value[0]?.values ?? []
      const former = previous[index]
      family.samples = copySamples(values, family, former?.name === name ? former.samples : [])
    }
    return family
  })
  const snapshot: Snapshot = { takenAtMs, families }
  newest.set(registry, snapshot)
  return snapshot
}

type Metric = ReturnType<CollectableRegistry['getMetricsAsArray']>[number] & {
  get?(): Promise<unknown>
  /** How a histogram reads itself for prom-client's own text: without copying the labels into each bucket. */
  getForPromString?(): Promise<unknown>
}

/**
 * The registry as if it held one metric only. getMetricsAsJSON rejects as a whole when one metric fails, and it alone
 * knows the default labels: asked once per metric, it stays right for the others.
 */
function withOnly(registry: CollectableRegistry, metric: Metric): CollectableRegistry {
  const reader = metric.getForPromString ? { get: () => metric.getForPromString?.() } : metric
  return Object.create(registry, { getMetricsAsArray: { value: () => [reader] } })
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

const logged = new Set<string>()

function logOnce(metricName: string, error: unknown): void {
  if (logged.has(metricName)) return
  logged.add(metricName)
  console.error(`metrics: collecting ${metricName} failed, so it has no samples until its callback works again:`, error)
}
