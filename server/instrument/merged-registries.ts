// The registries of prom-client whose metrics are shown: ours, and those of the app that were merged into it.
import type { Registry } from 'prom-client'
import { perProcess } from '../per-process'
import { mergedRegistries } from './merge-registry'
import { processRegistry } from './registry'

type ReadRegistry = Pick<Registry, 'getMetricsAsArray' | 'getMetricsAsJSON'>
type Metric = ReturnType<ReadRegistry['getMetricsAsArray']>[number]

/** All metrics of this process as one registry, which knows of each metric whose it is. */
export function processMetrics(): ReadRegistry & { homeOf(metric: Metric): ReadRegistry } {
  return perProcess('all-metrics', () => {
    const own = processRegistry()
    const homes = new WeakMap<Metric, ReadRegistry>()
    return {
      getMetricsAsArray() {
        const byName = new Map(own.getMetricsAsArray().map((metric) => [metric.name, metric]))
        for (const registry of mergedRegistries() as Set<ReadRegistry>) {
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
