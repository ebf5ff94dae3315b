// Reads a prom-client registry into a Snapshot that nothing changes any more.
import { logError } from '../log'
import type { Slices } from '../slices'
import { beginSlices } from '../slices'
import type { LabelsByPlace } from './copy-samples'
import { appendSamples } from './copy-samples'
import { appendHistograms } from './histogram-samples'
import { openMetricsName } from './names'
import type { CollectableRegistry, LiveMetric } from './read-metric'
import { readMetric, runCallback } from './read-metric'
import type { Family, MetricType, Snapshot } from './snapshot'
import { unitOf } from './units'

/** Hears of a metric whose `collect` callback threw. */
export type ReportBroken = (metricName: string, error: unknown) => void

export type CollectOptions = {
  /** Once it is aborted, `collect` reads no further and rejects with its reason. */
  signal?: AbortSignal
  /** Whether the samples are to have created times among them, where these are known: true unless given. */
  withCreated?: boolean
  now?: () => number
  reportBroken?: ReportBroken
}

type Collected = { name: string; labelsByPlace: LabelsByPlace }

/** What each registry had the last time. */
const newest = new WeakMap<CollectableRegistry, Collected[]>()

/**
 * The values of all metrics, copied: prom-client hands out objects that live on. Families and samples come in the order
 * of their creation, a histogram's bounds and a summary's quantiles in canonical form (`1.0`). As long as a series
 * exists, its labels are the same object from one snapshot to the next. The unit is what the name ends in, if that is one.
 *
 * All callbacks run first, side by side and each exactly once; one that never settles delays the snapshot for ever. Then
 * the values are read, a large registry in slices with requests served in between: those of one label set belong
 * together, those of two may be some milliseconds apart.
 *
 * A metric whose own `collect` callback throws doesn't take the others with it, and doesn't vanish in silence: its
 * family is there without samples, and `reportBroken` is told, which by default logs it, once per metric.
 */
export async function collect(
  registry: CollectableRegistry,
  { signal, withCreated = true, now = Date.now, reportBroken = logOnce }: CollectOptions = {},
): Promise<Snapshot> {
  const slices = beginSlices()
  const metrics: LiveMetric[] = registry.getMetricsAsArray()
  const callbacks = await runCallbacks(metrics, slices)
  const previous = newest.get(registry) ?? []
  const collected: Collected[] = []
  const snapshot: Snapshot = { takenAtMs: now(), families: [] }
  for (const [place, metric] of metrics.entries()) {
    const { name, help, type } = metric
    const family: Family = { name, type: typeOf(type), help, unit: '', samples: [] }
    family.unit = unitOf(openMetricsName(family))
    const labelsByPlace: LabelsByPlace = []
    const former = previous[place]
    try {
      await callbacks[place]
      for await (const part of readMetric(registry.homeOf?.(metric) ?? registry, metric)) {
        const createdMs = withCreated ? part.createdMs : []
        if ('children' in part) appendHistograms(family, { ...part, createdMs })
        else appendSamples(family, { ...part, createdMs }, labelsByPlace, previousOf(former, name))
        if (slices.isOver()) await slices.next()
        signal?.throwIfAborted()
      }
    } catch (error) {
      signal?.throwIfAborted()
      family.samples = []
      reportBroken(name, error)
    }
    snapshot.families.push(family)
    collected.push({ name, labelsByPlace })
  }
  newest.set(registry, collected)
  return snapshot
}

const previousOf = (former: Collected | undefined, name: string) => (former?.name === name ? former.labelsByPlace : [])

/** Resolves when all callbacks have settled, to how each did. */
async function runCallbacks(metrics: readonly LiveMetric[], slices: Slices): Promise<Promise<void>[]> {
  const running: Promise<void>[] = []
  for (const metric of metrics) {
    const callback = runCallback(metric)
    // Whether it was well is asked later: by then it must not have counted as unhandled.
    callback.catch(() => undefined)
    running.push(callback)
    if (slices.isOver()) await slices.next()
  }
  await Promise.allSettled(running)
  return running
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
  logError(`collecting ${metricName} failed, so it has no samples until its callback works again.`, error)
}
