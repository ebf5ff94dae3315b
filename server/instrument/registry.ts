// The registry of this process: everything that is measured goes into it, and `collect` alone reads it.
import type { OpenMetricsContentType } from 'prom-client'
import { Registry } from 'prom-client'
import { perProcess } from '../per-process'

export type OurRegistry = Registry<OpenMetricsContentType>

/**
 * A registry as `declare.ts` wants it: OpenMetrics, because prom-client refuses exemplars on any other. Never call its
 * `metrics()`, which strips `_total` from the counters for ever, nor `clear()`, which orphans the metrics in use.
 */
export function createRegistry(): OurRegistry {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  return registry
}

/** The one registry of this process, the same in every copy of this module. */
export const processRegistry = (): OurRegistry => perProcess('registry', createRegistry)

/** Of what we have under names that an app may well have as its own: where it does, the app's metric counts. */
export const yieldingRegistry = (): OurRegistry => perProcess('yielding-registry', createRegistry)
