// The registries of prom-client whose metrics are shown: ours, and those of the app that were merged into it.
import type { Registry } from 'prom-client'
import { perProcess } from '../per-process'
import { mergedRegistries } from './merge-registry'
import { processRegistry, yieldingRegistry } from './registry'

type ReadRegistry = Pick<Registry, 'getMetricsAsArray' | 'getMetricsAsJSON'>
type Metric = ReturnType<ReadRegistry['getMetricsAsArray']>[number]

/**
 * Of the default metrics that an app collects for itself, with a prefix or none, those that reading resets: as we read each
 * second, they would say nothing any more, in the app's own /metrics either. Ours is `nodejs_eventloop_delay_seconds`.
 */
const RESET_BY_READING = /nodejs_eventloop_lag_(?:\w+_)?seconds$/

/** All metrics of this process as one registry, which knows of each metric whose it is. */
export function processMetrics(): ReadRegistry & { homeOf(metric: Metric): ReadRegistry } {
  return perProcess('all-metrics', () => {
    const own = processRegistry()
    const homes = new WeakMap<Metric, ReadRegistry>()
    return {
      getMetricsAsArray() {
        const all: Metric[] = own.getMetricsAsArray()
        const merged = mergedRegistries() as Set<ReadRegistry>
        const names = new Set(all.map(({ name }) => name))
        for (const registry of [...merged, yieldingRegistry()]) {
          for (const metric of registry.getMetricsAsArray()) {
            const { name } = metric
            if (names.has(name) || RESET_BY_READING.test(name)) continue
            names.add(name)
            all.push(metric)
            homes.set(metric, registry)
          }
        }
        return all
      },
      getMetricsAsJSON: () => own.getMetricsAsJSON(),
      homeOf: (metric) => homes.get(metric) ?? own,
    }
  })
}
