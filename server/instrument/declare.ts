// Declares one metric in a registry. Declaring the same name again gives the metric that is there already, so hot
// reload and Next's several copies of a module all count in the same place.
import type {
  CounterConfiguration,
  GaugeConfiguration,
  HistogramConfiguration,
  Metric,
  OpenMetricsContentType,
  Registry,
} from 'prom-client'
import { Counter, Gauge, Histogram } from 'prom-client'

type OurRegistry = Registry<OpenMetricsContentType>

/** A counter, typed by its label names. Throws when the name belongs to a metric of another type. */
export function declareCounter<Label extends string>(registry: OurRegistry, config: CounterConfiguration<Label>) {
  return declare(registry, config.name, Counter<Label>, () => new Counter({ ...config, registers: [registry] }))
}

/** A gauge, typed by its label names. Throws when the name belongs to a metric of another type. */
export function declareGauge<Label extends string>(registry: OurRegistry, config: GaugeConfiguration<Label>) {
  return declare(registry, config.name, Gauge<Label>, () => new Gauge({ ...config, registers: [registry] }))
}

/** A histogram, typed by its label names; `buckets` ascend. Throws when the name belongs to another type of metric. */
export function declareHistogram<Label extends string>(registry: OurRegistry, config: HistogramConfiguration<Label>) {
  return declare(registry, config.name, Histogram<Label>, () => new Histogram({ ...config, registers: [registry] }))
}

function declare<M extends Metric>(
  registry: OurRegistry,
  name: string,
  type: abstract new (...args: never[]) => M,
  create: () => M,
): M {
  const existing: unknown = registry.getSingleMetric(name)
  if (existing === undefined) return create()
  if (existing instanceof type) return existing
  throw new Error(`The metric ${name} is already declared, as another type than ${type.name}.`)
}
