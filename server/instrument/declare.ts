// Declares metrics in a registry. The same declaration gives the same metric again, so hot reload and Next's several
// copies of a module all count in one place. A metric never makes a request fail: wrong values are ignored and logged once,
// and each metric has a bounded number of label sets.
import {
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  Summary as PromSummary,
} from 'prom-client'
import { outside } from '../outside'
import type { Definition, HistogramDefinition, SummaryDefinition } from './definition'
import { checkBuckets, checkDefinition, checkQuantiles } from './definition'
import { guarded } from './guarded'
import { childKey } from './label-sets'
import type { Counter, Gauge, Histogram, Labels, Summary } from './metric-types'
import { declareOnce } from './once'
import type { OurRegistry } from './registry'

/** Throws for a wrong definition, and for a name that is declared otherwise already. So do the others. */
export function declareCounter<L extends string = never>(registry: OurRegistry, definition: Definition<L>) {
  checkDefinition('counter', definition)
  return declareOnce<Counter<L>, L>('counter', registry, definition, (config, find) => {
    const prom = new PromCounter(config)
    const inc = guarded(`counter ${config.name}`, (labels: Labels, by?: number) => prom.inc(find(labels), finite(by)))
    return { prom, startAt0: (labels) => inc(labels, 0), methods: { inc } }
  })
}

export function declareGauge<L extends string = never>(registry: OurRegistry, definition: Definition<L>) {
  checkDefinition('gauge', definition)
  return declareOnce<Gauge<L>, L>('gauge', registry, definition, (config, find) => {
    const prom = new PromGauge(config)
    const name = `gauge ${config.name}`
    const inc = guarded(name, (labels: Labels, by?: number) => prom.inc(find(labels), by))
    const dec = guarded(name, (labels: Labels, by?: number) => prom.dec(find(labels), by))
    const set = guarded(name, (labels: Labels, value: number) => setChild(prom, find(labels), value))
    return { prom, startAt0: (labels) => inc(labels, 0), methods: { inc, dec, set } }
  })
}

export function declareHistogram<L extends string = never>(registry: OurRegistry, definition: HistogramDefinition<L>) {
  checkDefinition('histogram', definition)
  checkBuckets(definition)
  return declareOnce<Histogram<L>, L>('histogram', registry, definition, (config, find) => {
    const prom = new PromHistogram({ ...config, buckets: [...definition.buckets], enableExemplars: true })
    const observe = guarded(
      `histogram ${config.name}`,
      (labels: Labels, value: number, exemplarLabels: Readonly<Record<string, string>> = NO_EXEMPLAR) => {
        const observation = { labels: find(labels), value, exemplarLabels }
        // Of exemplars prom-client notes the time.
        if (exemplarLabels === NO_EXEMPLAR) prom.observe(observation)
        else outside(() => prom.observe(observation))
      },
    )
    return { prom, startAt0: (labels) => prom.zero(find(labels)), methods: { observe } }
  })
}

export function declareSummary<L extends string = never>(registry: OurRegistry, definition: SummaryDefinition<L>) {
  checkDefinition('summary', definition)
  checkQuantiles(definition)
  const { quantiles, maxAgeSeconds = 600 } = definition
  return declareOnce<Summary<L>, L>('summary', registry, definition, (config, find) => {
    const prom = new PromSummary({ ...config, percentiles: [...quantiles], maxAgeSeconds, ageBuckets: 5 })
    const observe = guarded(`summary ${config.name}`, (labels: Labels, value: number) =>
      outside(() => prom.observe(find(labels), value)),
    )
    return { prom, startAt0: () => {}, methods: { observe } }
  })
}

const NO_EXEMPLAR = {}

/** prom-client lets NaN through, after which a counter says nothing any more. */
function finite(by: number | undefined): number | undefined {
  if (by === undefined || Number.isFinite(by)) return by
  throw new TypeError(`expected a finite number to count by, got ${by}`)
}

/** prom-client's own `set` looks for its child in another way than `inc` does, and would make a second one. */
function setChild(prom: PromGauge, labels: Labels, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`expected a number to set, got ${value}`)
  const children: Record<string, { labels: Labels; value: number }> = Reflect.get(prom, 'hashMap')
  children[childKey(labels)] = { labels, value }
}
