// Metrics of one's own: declared once, at the top level of any module, and counted anywhere in the process.
import type { MergeableRegistry } from '@/server/instrument/merged-registries'
import { mergeRegistry as merge } from '@/server/instrument/merged-registries'

export { counter, gauge, histogram, summary } from '@/server/instrument/own-metrics'

/** A `Registry` of prom-client, of whatever version and copy the app has. */
export type AppRegistry = { getMetricsAsArray(): object[]; getMetricsAsJSON(): Promise<object[]> }

/**
 * From now on its metrics are shown and remembered as Hearth's own are. Of a name that two registries have, the metric of
 * the one that came first counts. Merging one again changes nothing. Throws for what is no registry.
 */
export function mergeRegistry(registry: AppRegistry): void {
  merge(registry as MergeableRegistry)
}
