// The registries of prom-client whose metrics are shown: ours, and those of the app that were merged into it.
import type { Registry } from 'prom-client'
import { perProcess } from '../per-process'
import { processRegistry } from './registry'

/** Of any version and copy of prom-client. */
export type MergeableRegistry = { getMetricsAsArray(): readonly object[]; getMetricsAsJSON(): Promise<unknown> }

type ReadRegistry = Pick<Registry, 'getMetricsAsArray' | 'getMetricsAsJSON'>
type Metric = ReturnType<ReadRegistry['getMetricsAsArray']>[number]

/** How many registries are merged at most: an app has one or two. */
export const MOST_REGISTRIES = 16

/**
 * From now on its metrics are shown and remembered as ours are. Of a name that two registries have, the metric of the one
 * that came first counts, and ours before all. Merging one again changes nothing. Throws for what is no registry.
 */
export function mergeRegistry(registry: MergeableRegistry): void {
  if (typeof registry?.getMetricsAsArray !== 'function' || typeof registry.getMetricsAsJSON !== 'function') {
    throw new TypeError(`expected a Registry of prom-client to merge, got ${typeof registry}`)
  }
  const merged = mergedRegistries()
  if (merged.size >= MOST_REGISTRIES && !merged.has(registry as ReadRegistry)) {
    throw new RangeError(`expected at most ${MOST_REGISTRIES} registries to merge, got one more`)
  }
  merged.add(registry as ReadRegistry)
}

/** All metrics of this process as one registry, which knows of each metric whose it is. */
export function processMetrics(): ReadRegistry & { homeOf(metric: Metric): ReadRegistry } {
  return perProcess('all-metrics', () => {
    const own = processRegistry()
    const homes = new WeakMap<Metric, ReadRegistry>()
    return {
      getMetricsAsArray() {
        const byName = new Map(own.getMetricsAsArray().map((metric) => [metric.name, metric]))
        for (const registry of mergedRegistries()) {
          for (const metric of registry.getMetricsAsArray()) {
            if (byName.has(metric.name)) continue
            byName.set(metric.name, metric)
            homes.set(metric, registry)
          }
        }
        return [...byName.values()]
      },
      getMetricsAsJSON: () => own.getMetricsAsJSON(),
      homeOf: (metric) => homes.get(metric) ?? own,
    }
  })
}

const mergedRegistries = (): Set<ReadRegistry> => perProcess('merged-registries', () => new Set())
