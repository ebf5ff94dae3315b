// Prometheus's limits for scraped labels, with its messages. They bound the memory that a target can take, which a limit of its
// series alone would not.
import { own } from '../exposition/own'
import type { Labels } from '../exposition/snapshot'

/** The lengths are those of UTF-8, in bytes. */
export type LabelLimits = { labelLimit: number; labelNameLengthLimit: number; labelValueLengthLimit: number }

/** A series is stored with its metric's name, `job` and `instance`, which count as labels. */
const LABELS_FROM_HERE = 3

const SHOWN_CHARACTERS = 50

/** Throws an Error where the series is past one of the limits. */
export function requireLabelsWithin(metric: string, labels: Labels, limits: LabelLimits): void {
  let count = LABELS_FROM_HERE
  // An empty value says that there is no such label.
  for (const name in labels) if (labels[name] !== '') count++
  if (count > limits.labelLimit) {
    throw exceeded('label_limit', [`metric: ${start(metric)}`, `number of labels: ${count}`], limits.labelLimit)
  }
  requireLengths(metric, '__name__', metric, limits)
  for (const name in labels) requireLengths(metric, name, labels[name] ?? '', limits)
}

function requireLengths(metric: string, name: string, value: string, limits: LabelLimits): void {
  const { labelNameLengthLimit, labelValueLengthLimit } = limits
  const about = () => [`metric: ${start(metric)}`, `label name: ${start(name)}`]
  if (isLonger(name, labelNameLengthLimit)) {
    throw exceeded('label_name_length_limit', [...about(), lengthOf(name)], labelNameLengthLimit)
  }
  if (isLonger(value, labelValueLengthLimit)) {
    const shown = [`value: ${JSON.stringify(start(value))}`, lengthOf(value)]
    throw exceeded('label_value_length_limit', [...about(), ...shown], labelValueLengthLimit)
  }
}

/** A UTF-16 code unit takes three bytes at most, so that most texts need not be measured. */
function isLonger(text: string, limit: number): boolean {
  return text.length * 3 > limit && Buffer.byteLength(text) > limit
}

const lengthOf = (text: string) => `length: ${Buffer.byteLength(text)}`

/** In memory of its own: a message must not keep alive what it complains of. */
function start(text: string): string {
  return own([...text.slice(0, 2 * SHOWN_CHARACTERS)].slice(0, SHOWN_CHARACTERS).join(''))
}

function exceeded(limit: string, details: readonly string[], value: number): Error {
  return new Error(`${limit} exceeded (${[...details, `limit: ${value}`].join(', ')})`)
}
