// Copies what prom-client hands out: objects that live on, with numbers among the labels.
import { setLabel } from './labels'
import { createdNameOf } from './names'
import { formatCanonical, formatFloat } from './number'
import type { Exemplar, Family, Labels, Sample } from './snapshot'

/** A value as prom-client's metrics really have it; its declarations leave out all but `value` and `labels`. */
export type LiveValue = {
  value: number
  labels: LiveLabels
  /** Labels that a histogram's samples have in common, where they are not among `labels`. They win. */
  sharedLabels?: LiveLabels
  metricName?: string
  exemplar?: LiveExemplar | null
}

/** The values of some children, and when each of these was made, in milliseconds, where that is known of all. */
export type ValuesPart = { values: readonly LiveValue[]; createdMs: readonly number[] }

type LiveLabelSets = Pick<LiveValue, 'labels' | 'sharedLabels'>
export type LiveLabels = Readonly<Record<string, string | number | undefined>>
export type LiveExemplar = { labelSet: LiveLabels; value: number; timestamp?: number }

const NO_LABELS: LiveLabels = {}

/** The labels of a family's samples, in their order and without those of created times. */
export type LabelsByPlace = Labels[]

/**
 * Adds these values to the samples of a family, in their order, each child's created time behind its last one, and
 * their labels to `labelsByPlace`. Numbers in labels become text, the bounds of histograms and summaries in canonical
 * form, and a label without a value is left out: prom-client would write "undefined". A sample whose labels are those at
 * its place in `previous` has the same labels object.
 */
export function appendSamples(
  family: Family,
  { values, createdMs }: ValuesPart,
  labelsByPlace: LabelsByPlace,
  previous: Readonly<LabelsByPlace>,
): void {
  const { name, type, samples } = family
  const bounds = new BoundTexts(type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : '')
  const createdName = createdNameOf(family)
  const lastOfChild = type === 'counter' ? name : `${name}_count`
  let child = 0
  for (const live of values) {
    const former = previous[labelsByPlace.length]
    const labels = former !== undefined && isCopyOf(former, live, bounds) ? former : copyLabels(live, bounds)
    labelsByPlace.push(labels)
    const sample: Sample = { name: live.metricName ?? name, labels, value: live.value }
    if (live.exemplar) sample.exemplar = copyExemplar(live.exemplar)
    samples.push(sample)
    if (createdName === undefined || sample.name !== lastOfChild) continue
    const atMs = createdMs[child++]
    if (atMs !== undefined) samples.push({ name: createdName, labels, value: atMs / 1000 })
  }
}

function copyLabels({ labels, sharedLabels = NO_LABELS }: LiveLabelSets, bounds: BoundTexts): Labels {
  const copy: Record<string, string> = {}
  for (const name in sharedLabels) addLabel(copy, name, bounds.textOf(name, sharedLabels[name]))
  for (const name in labels) {
    if (!Object.hasOwn(sharedLabels, name)) addLabel(copy, name, bounds.textOf(name, labels[name]))
  }
  return copy
}

function addLabel(copy: Record<string, string>, name: string, text: string | undefined): void {
  if (text !== undefined) setLabel(copy, name, text)
}

/** Whether copyLabels would make these labels of them. */
function isCopyOf(copy: Labels, { labels, sharedLabels = NO_LABELS }: LiveLabelSets, bounds: BoundTexts): boolean {
  let count = 0
  for (const name in sharedLabels) {
    const text = bounds.textOf(name, sharedLabels[name])
    if (text !== undefined && copy[name] !== text) return false
    if (text !== undefined) count++
  }
  for (const name in labels) {
    if (Object.hasOwn(sharedLabels, name)) continue
    const text = bounds.textOf(name, labels[name])
    if (text !== undefined && copy[name] !== text) return false
    if (text !== undefined) count++
  }
  for (const _ in copy) count--
  return count === 0
}

/** prom-client stamps exemplars in seconds, made of a clock's milliseconds. */
export function copyExemplar({ labelSet, value, timestamp }: LiveExemplar): Exemplar {
  const exemplar: Exemplar = { labels: copyLabels({ labels: labelSet }, new BoundTexts('')), value }
  if (timestamp !== undefined) exemplar.timestampMs = Math.round(timestamp * 1000)
  return exemplar
}

/** Texts of label values, remembering those of bounds: each stands on a line of every metric. */
class BoundTexts {
  private readonly texts = new Map<number, string>()

  constructor(private readonly boundName: string) {}

  textOf(name: string, value: string | number | null | undefined): string | undefined {
    if (typeof value === 'string') return value
    if (typeof value !== 'number') return value === undefined || value === null ? undefined : String(value)
    if (name !== this.boundName) return formatFloat(value)
    const known = this.texts.get(value)
    if (known !== undefined) return known
    const text = formatCanonical(value)
    this.texts.set(value, text)
    return text
  }
}
