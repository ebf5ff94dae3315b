// A metric that counts the observations over the limit of label sets.
import { Counter } from 'prom-client'
import type { OurRegistry } from './registry'

const NAME = 'series_dropped_total'

/** Counts `by` observations of this metric that had no room of their own; 0 makes its series begin. */
export function countDropped(registry: OurRegistry, metric: string, by: number): void {
  const existing: unknown = registry.getSingleMetric(NAME)
  const counter = isCounter(existing) ? existing : declare(registry)
  counter.inc({ metric }, by)
}

/** By its shape: a bundler may have put several copies of prom-client into one process, each with a class of its own. */
function isCounter(metric: unknown): metric is Pick<Counter<'metric'>, 'inc'> {
  return typeof metric === 'object' && metric !== null && 'inc' in metric
}

const declare = (registry: OurRegistry) =>
  new Counter({
    name: NAME,
    help: 'Observations with a label set past the limit of their metric: they are counted under (other) instead.',
    labelNames: ['metric'],
    registers: [registry],
  })
