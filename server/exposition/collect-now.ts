// What a registry says at the very end of a process, when nothing can be waited for: its counts. What a callback that waits
// would have brought is missing.
import type { CollectOptions } from './collect'
import type { LiveLabels, LiveValue } from './copy-samples'
import { appendSamples } from './copy-samples'
import type { HistogramChild } from './histogram-samples'
import { appendHistograms } from './histogram-samples'
import { openMetricsName } from './names'
import type { CollectableRegistry, LiveMetric } from './read-metric'
import type { Family, MetricType, Snapshot } from './snapshot'
import { unitOf } from './units'

/** As prom-client has them, and in this order their families are the same as those of `collect`. */
const TYPES: readonly MetricType[] = ['counter', 'gauge', 'histogram', 'summary']

type Child = { labels: LiveLabels; value?: number; count?: number; sum?: number; bucketValues?: object }

/** The families of `collect`, without the quantiles of summaries. A metric that can't be read has no samples. */
export function collectNow(
  registry: CollectableRegistry,
  { now = Date.now, withCreated = true }: Pick<CollectOptions, 'now' | 'withCreated'> = {},
): Snapshot {
  const families = registry.getMetricsAsArray().map((metric: LiveMetric): Family => {
    const { name, help } = metric
    const type = TYPES.find((one) => one === String(metric.type)) ?? 'unknown'
    const family: Family = { name, type, help, unit: '', samples: [] }
    family.unit = unitOf(openMetricsName(family))
    try {
      const called: unknown = metric.hashMap === undefined ? undefined : metric.collect?.()
      if (called instanceof Promise) called.catch(() => undefined)
      appendAll(family, withCreated ? metric : { ...metric, createdMs: [] }, defaultsOf(registry, metric))
    } catch {
      family.samples = []
    }
    return family
  })
  return { takenAtMs: now(), families }
}

function appendAll(family: Family, metric: LiveMetric, defaults: LiveLabels): void {
  const { childKeys, createdMs: allMs = [], hashMap = {}, upperBounds = [] } = metric
  const children: Child[] = []
  const createdMs: number[] = []
  for (const [place, key] of (childKeys ?? Object.keys(hashMap)).entries()) {
    const child = hashMap[key]
    const atMs = allMs[place]
    if (!isChild(child)) continue
    children.push(Object.keys(defaults).length === 0 ? child : { ...child, labels: { ...defaults, ...child.labels } })
    if (atMs !== undefined) createdMs.push(atMs)
  }
  if (family.type === 'histogram') {
    appendHistograms(family, { children: children as HistogramChild[], bounds: upperBounds, createdMs })
    return
  }
  const values = children.flatMap(({ count = 0, labels, sum = 0, value = Number.NaN }): LiveValue[] =>
    family.type === 'summary'
      ? [
          { metricName: `${family.name}_sum`, labels, value: sum },
          { metricName: `${family.name}_count`, labels, value: count },
        ]
      : [{ labels, value }],
  )
  appendSamples(family, { values, createdMs }, [], [])
}

const isChild = (value: unknown): value is Child => typeof value === 'object' && value !== null && 'labels' in value

/** Labels that prom-client adds to all samples of a registry. */
function defaultsOf(registry: CollectableRegistry, metric: LiveMetric): LiveLabels {
  return Reflect.get(registry.homeOf?.(metric) ?? registry, '_defaultLabels') ?? {}
}
