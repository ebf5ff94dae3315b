// What the limit of label sets costs, as a metric of its own.
import { Counter } from 'prom-client'
import type { OurRegistry } from './registry'

const NAME = 'series_dropped_total'

/** Counts `by` observations of this metric that had no room of their own; 0 makes its series begin. */
export function countDropped(registry: OurRegistry, metric: string, by: number): void {
  // Made by this copy of prom-client, or by that of another copy of this module.
  const existing = registry.getSingleMetric(NAME) as Counter | undefined
  const counter = existing ?? declare(registry)
  counter.inc({ metric }, by)
}

const declare = (registry: OurRegistry) =>
  new Counter({
    name: NAME,
    help: 'Observations with a label set past the limit of their metric: they are counted under (other) instead.',
    labelNames: ['metric'],
    registers: [registry],
  })
