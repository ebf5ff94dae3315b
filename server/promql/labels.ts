// Label sets as PromQL handles them: compared, keyed, cut down and printed.

import type { Labels } from '../exposition/snapshot'
import { labelValue } from '../storage/matcher'
import { quoteText } from './go-quote'

export const nameLabel = '__name__'

/** What says which metric a series is of: its name, and with the feature type-and-unit-labels its type and unit. */
const metadataLabels: readonly string[] = [nameLabel, '__type__', '__unit__']

/** What a new label set takes, with its key and without the values that are new in it. Measured with five labels. */
export const LABELS_BYTES = 256

export function isMetadataLabel(name: string): boolean {
  return metadataLabels.includes(name)
}

/** The names that carry a value, in Prometheus's order. */
export function labelNames(labels: Labels): string[] {
  return Object.keys(labels)
    .filter((name) => labels[name] !== '')
    .sort(compareText)
}

const keys = new WeakMap<Labels, string>()
const nameless = new WeakMap<Labels, Labels>()
const computed = new WeakMap<Labels, Labels>()

/**
 * Equal for equal label sets, and only for them: lengths stand before names and values, so that nothing can collide.
 * Storage hands out the same label objects again and again, so each is gone through once.
 */
export function labelsKey(labels: Labels): string {
  return remembered(keys, labels, () => {
    let key = ''
    for (const name of labelNames(labels)) {
      const value = labels[name] ?? ''
      key += `${name.length}:${name}${value.length}:${value}`
    }
    return key
  })
}

/** `labels` without the metric's name, as they are grouped and matched: the same object for the same labels. */
export function withoutName(labels: Labels): Labels {
  return remembered(nameless, labels, () => dropLabels(labels, [nameLabel]))
}

/** `labels` without name, type and unit, which what is computed of a metric has no more: the same object as well. */
export function withoutMetadata(labels: Labels): Labels {
  return remembered(computed, labels, () => dropLabels(labels, metadataLabels))
}

/** Equal for series of the same metric, type and unit. */
export function metadataKey(labels: Labels): string {
  const name = labelValue(labels, nameLabel)
  const type = labelValue(labels, '__type__')
  const unit = labelValue(labels, '__unit__')
  return type === '' && unit === '' ? name : JSON.stringify([name, type, unit])
}

function remembered<T>(known: WeakMap<Labels, T>, labels: Labels, create: () => T): T {
  const value = known.get(labels)
  if (value !== undefined) return value
  const created = create()
  known.set(labels, created)
  return created
}

/** The labels named, in one key: what `on` and `by` compare. */
export function keyOn(labels: Labels, names: readonly string[]): string {
  let key = ''
  for (const name of names) {
    const value = labelValue(labels, name)
    key += `${value.length}:${value}`
  }
  return key
}

export function keepLabels(labels: Labels, names: readonly string[]): Labels {
  const kept: [string, string][] = []
  for (const name of names) {
    const value = labelValue(labels, name)
    if (value !== '') kept.push([name, value])
  }
  return Object.fromEntries(kept)
}

export function dropLabels(labels: Labels, names: readonly string[]): Labels {
  if (!names.some((name) => Object.hasOwn(labels, name))) return labels
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)))
}

/** `labels` with `name` set to `value`; an empty value takes the label away. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const others = Object.entries(labels).filter(([other]) => other !== name)
  return Object.fromEntries(value === '' ? others : [...others, [name, value]])
}

/** Prometheus's order of series: label by label, name before value, and a set that ends first comes first. */
export function compareLabels(a: Labels, b: Labels): number {
  const namesA = labelNames(a)
  const namesB = labelNames(b)
  for (const [i, nameA] of namesA.entries()) {
    const nameB = namesB[i]
    if (nameB === undefined) return 1
    const order = compareText(nameA, nameB) || compareText(labelValue(a, nameA), labelValue(b, nameB))
    if (order !== 0) return order
  }
  return namesA.length - namesB.length
}

/** `{a="b", c="d"}`, as Prometheus prints a label set in its messages: the name is one of the labels. */
export function formatLabels(labels: Labels): string {
  const pairs = labelNames(labels).map((name) => `${name}=${quoteText(labelValue(labels, name))}`)
  return `{${pairs.join(', ')}}`
}

/** By code point, which is also the order of the UTF-8 bytes that Prometheus compares. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    // Surrogates stand for code points above all others, though their own numbers lie in the middle.
    if (x !== y) return (isSurrogate(x) ? x + 0x10000 : x) - (isSurrogate(y) ? y + 0x10000 : y)
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000
}
