// The samples of a histogram of server/instrument, read from prom-client's children themselves: its own way takes two
// objects for each bucket, and whoever reads them has to compare labels that never change.
import type { LiveExemplar, LiveLabels } from './copy-samples'
import { copyExemplar } from './copy-samples'
import { setLabel } from './labels'
import { formatCanonical } from './number'
import type { Family, Labels, Sample } from './snapshot'

/** As prom-client has it: what it counts for each label set, in buckets that are not cumulative, by their bounds. */
export type HistogramChild = {
  /** Never changed, and the same object as long as the child exists. */
  labels: LiveLabels
  bucketValues: Readonly<Record<string, number>>
  /** The one beyond the last bound is under -1. */
  bucketExemplars?: Readonly<Record<string, LiveExemplar | null | undefined>>
  sum: number
  count: number
}

/** The labels of a child's samples: one for each bound, one for +Inf, and those without `le`. */
const known = new WeakMap<LiveLabels, readonly Labels[]>()

export type HistogramPart = {
  children: readonly HistogramChild[]
  /** Without +Inf. */
  bounds: readonly number[]
  /** When each child was made, in milliseconds. */
  createdMs: readonly number[]
}

/** Adds the children's samples to their family, in the order in which prom-client would, and then the created times. */
export function appendHistograms(family: Family, { children, bounds, createdMs }: HistogramPart): void {
  const names = namesOf(family)
  const keys = bounds.map(String)
  for (const [place, child] of children.entries()) {
    const labels = appendHistogram(family.samples, names, child, bounds, keys)
    const atMs = createdMs[place]
    if (atMs !== undefined) family.samples.push({ name: names.created, labels, value: atMs / 1000 })
  }
}

function appendHistogram(
  samples: Sample[],
  names: SampleNames,
  { labels, bucketValues, bucketExemplars, sum, count }: HistogramChild,
  bounds: readonly number[],
  keys: readonly string[],
): Labels {
  let own = known.get(labels)
  if (own === undefined) {
    own = labelsFor(labels, bounds)
    known.set(labels, own)
  }
  let cumulative = 0
  for (let place = 0; place < keys.length; place++) {
    const key = keys[place] ?? ''
    cumulative += bucketValues[key] ?? 0
    samples.push(bucket(names.bucket, own[place] ?? NO_LABELS, cumulative, bucketExemplars?.[key]))
  }
  samples.push(bucket(names.bucket, own[keys.length] ?? NO_LABELS, count, bucketExemplars?.[-1]))
  const plain = own.at(-1) ?? NO_LABELS
  samples.push({ name: names.sum, labels: plain, value: sum }, { name: names.count, labels: plain, value: count })
  return plain
}

const NO_LABELS: Labels = {}

type SampleNames = Readonly<Record<'bucket' | 'sum' | 'count' | 'created', string>>

/** The same texts each time, so that whoever compares them sees it at once. */
const namesByFamily = new Map<string, SampleNames>()

function namesOf({ name }: Family): SampleNames {
  let names = namesByFamily.get(name)
  if (names === undefined) {
    names = { bucket: `${name}_bucket`, sum: `${name}_sum`, count: `${name}_count`, created: `${name}_created` }
    namesByFamily.set(name, names)
  }
  return names
}

function bucket(name: string, labels: Labels, value: number, live: LiveExemplar | null | undefined): Sample {
  return live ? { name, labels, value, exemplar: copyExemplar(live) } : { name, labels, value }
}

function labelsFor(live: LiveLabels, bounds: readonly number[]): Labels[] {
  const plain: Record<string, string> = {}
  for (const name in live) setLabel(plain, name, String(live[name]))
  const withBounds = [...bounds, Number.POSITIVE_INFINITY].map((bound) => ({ ...plain, le: formatCanonical(bound) }))
  return [...withBounds, plain]
}
