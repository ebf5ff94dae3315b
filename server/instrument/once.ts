// What all declarations share: a name is declared once in a registry, and its label sets are bounded and distinct.
import type { Metric } from 'prom-client'
import { env } from '../env'
import { perProcess } from '../per-process'
import type { Definition, MetricKind } from './definition'
import { countDropped } from './dropped'
import { EXACT_KEY, LabelSets } from './label-sets'
import type { Labels } from './metric-types'
import type { OurRegistry } from './registry'

/** What prom-client is given; `labelNames` are in the order of the definition. */
type Config = { name: string; help: string; labelNames: string[]; registers: OurRegistry[]; collect?: () => void }

/** Methods take labels first; `find` gives the object under which prom-client knows them. */
type Made = {
  prom: Metric
  startAt0: (labels: Labels) => void
  methods: Record<string, (labels: Labels, ...rest: never[]) => void>
}

type Declared = { shape: string; metric: unknown }

/**
 * The metric of this name in `registry`, made by `create` at the first declaration. A declaration that differs from the
 * first throws, but in development replaces it: hot reload brings the new one, and its counts begin anew.
 */
export function declareOnce<M, L extends string>(
  kind: MetricKind,
  registry: OurRegistry,
  definition: Definition<L>,
  create: (config: Config, find: (labels: Labels) => Labels) => Made,
): M {
  const { name, help, labels = [], startAt0 = [], collect, ...rest } = definition
  const declared = declaredIn(registry)
  const shape = JSON.stringify({ kind, help, labels, ...rest })
  const known = declared.get(name)
  if (known?.shape === shape) return known.metric as M
  if (known !== undefined) {
    if (process.env.NODE_ENV !== 'development') {
      throw new Error(`${kind} ${JSON.stringify(name)}: it is declared already, as ${known.shape}, not as ${shape}`)
    }
    registry.removeSingleMetric(name)
  }
  const sets = new LabelSets(labels, env().seriesLimitPerMetric, () => countDropped(registry, name, 1))
  if (labels.length > 0) countDropped(registry, name, 0)
  const config: Config = { name, help, labelNames: [...labels], registers: [registry] }
  const { prom, startAt0: begin, methods } = create(collect ? { ...config, collect } : config, (set) => sets.find(set))
  const { childKeys, createdMs } = sets
  Object.assign(prom, { childKeys, createdMs })
  if (labels.length > 0) Object.assign(prom, { sortedLabelNames: [EXACT_KEY] })
  for (const set of startAt0) begin(set)
  const metric = labels.length > 0 ? methods : withoutLabels(methods)
  declared.set(name, { shape, metric })
  return metric as M
}

/** The same methods, for a metric that has no labels. */
function withoutLabels(methods: Made['methods']): Record<string, (...rest: never[]) => void> {
  const entries = Object.entries(methods)
  return Object.fromEntries(entries.map(([name, method]) => [name, (...rest: never[]) => method(NO_LABELS, ...rest)]))
}

const NO_LABELS: Labels = {}

/** One map per registry, the same for every copy of this module. */
function declaredIn(registry: OurRegistry): Map<string, Declared> {
  const registries = perProcess('declared-metrics', () => new WeakMap<OurRegistry, Map<string, Declared>>())
  const known = registries.get(registry) ?? new Map<string, Declared>()
  registries.set(registry, known)
  return known
}
