// Registries of prom-client that an app has besides ours. The exported types don't mention prom-client's: the app may not
// have it, or may have another version.
import { perProcess } from '../per-process'

/** Of any version and copy of prom-client. */
export type MergeableRegistry = { getMetricsAsArray(): readonly object[]; getMetricsAsJSON(): Promise<unknown> }

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
  if (merged.size >= MOST_REGISTRIES && !merged.has(registry)) {
    throw new RangeError(`expected at most ${MOST_REGISTRIES} registries to merge, got one more`)
  }
  merged.add(registry)
}

/** In the order in which they were merged. */
export const mergedRegistries = (): Set<MergeableRegistry> => perProcess('merged-registries', () => new Set())
