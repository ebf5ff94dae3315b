// Reads one prom-client metric, part by part: the values of a large one are too many to be read without a pause.
import type { Registry } from 'prom-client'
import type { LiveValue, ValuesPart } from './copy-samples'
import type { HistogramChild, HistogramPart } from './histogram-samples'

/** What is needed of a prom-client Registry, whichever content type it has. */
type PlainRegistry = Pick<Registry, 'getMetricsAsArray' | 'getMetricsAsJSON'>

/** `homeOf` tells which registry a metric is of, where this one shows those of others. */
export type CollectableRegistry = PlainRegistry & {
  homeOf?(metric: ReturnType<PlainRegistry['getMetricsAsArray']>[number]): PlainRegistry
}

/** A prom-client metric as it is; its declarations leave out what isn't for everybody. */
export type LiveMetric = ReturnType<CollectableRegistry['getMetricsAsArray']>[number] & {
  /** Brings the metric up to date before it is read. */
  collect?(): unknown
  /** The children, by their labels. */
  hashMap?: Readonly<Record<string, unknown>>
  /** The keys of the children, where the metric was declared by server/instrument; some may have no child (yet). */
  childKeys?: readonly string[]
  /** When each of them was made, in milliseconds, as far as somebody knows. */
  createdMs?: readonly number[]
  /** A histogram's bounds, without +Inf. */
  upperBounds?: readonly number[]
  /** How a histogram reads itself for prom-client's own text: without copying the labels into each bucket. */
  getForPromString?(): Promise<unknown>
  /** Of a summary that drops children while it is read. */
  pruneAgedBuckets?: boolean
}

/** Some children of a metric: what prom-client says of them, or those of a histogram of ours themselves. */
export type LivePart = ValuesPart | HistogramPart

/** At 20 lines each, reading so many takes well under a millisecond. */
const CHILDREN_PER_PART = 64

/** Runs the metric's own callback, to be awaited before its values are read. */
export async function runCallback(metric: LiveMetric): Promise<void> {
  if (metric.hashMap !== undefined) await metric.collect?.()
}

/**
 * The values of a metric whose callback has run, those of some children at a time. They live on, so each part is to be
 * copied before anything else happens. Of what is no metric of prom-client's own it is only known that it can be asked.
 */
export async function* readMetric(registry: CollectableRegistry, metric: LiveMetric): AsyncGenerator<LivePart, void> {
  const { hashMap } = metric
  if (hashMap === undefined) {
    yield { values: await readWhole(registry, metric), createdMs: [] }
    return
  }
  const without = { collect: { value: undefined } }
  if (metric.pruneAgedBuckets) {
    yield { values: await readWhole(registry, Object.create(metric, without)), createdMs: [] }
    return
  }
  // Of a large object, the keys at once and each value for itself take a third of the time that all values at once take.
  const { childKeys: keys = Object.keys(hashMap), createdMs = [] } = metric
  const isRead = metric.childKeys !== undefined && metric.upperBounds !== undefined && !hasDefaultLabels(registry)
  for (let begin = 0; begin < keys.length; begin += CHILDREN_PER_PART) {
    const part: { value: unknown[] } = { value: [] }
    const partCreatedMs: number[] = []
    for (let place = begin; place < Math.min(begin + CHILDREN_PER_PART, keys.length); place++) {
      const child = hashMap[keys[place] ?? '']
      const atMs = createdMs[place]
      if (child === undefined) continue
      part.value.push(child)
      if (atMs !== undefined) partCreatedMs.push(atMs)
    }
    if (isRead) {
      yield { children: part.value as HistogramChild[], bounds: metric.upperBounds ?? [], createdMs: partCreatedMs }
      continue
    }
    const values = await readWhole(registry, Object.create(metric, { ...without, hashMap: part }))
    yield { values, createdMs: partCreatedMs }
  }
}

/** Labels that prom-client adds to all samples of a registry. */
function hasDefaultLabels(registry: CollectableRegistry): boolean {
  return Object.keys(Reflect.get(registry, '_defaultLabels') ?? {}).length > 0
}

/**
 * As if the registry had this metric only: getMetricsAsJSON rejects as a whole when one metric fails, and it alone knows
 * the default labels.
 */
async function readWhole(registry: CollectableRegistry, metric: LiveMetric): Promise<readonly LiveValue[]> {
  const reader = metric.getForPromString ? { get: () => metric.getForPromString?.() } : metric
  const only: CollectableRegistry = Object.create(registry, { getMetricsAsArray: { value: () => [reader] } })
  const [read] = await only.getMetricsAsJSON()
  return read?.values ?? []
}
