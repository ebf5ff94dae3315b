// The text of a series, which is by far most of an exposition and hardly ever new.
import { escapeQuoted } from './escape'
import { isClassicLabelName, isClassicMetricName, quoteUnless } from './names'
import type { Labels } from './snapshot'

/** By the labels object: collect and parse give a series the same one each time. Nobody may change it. */
const texts = new WeakMap<Labels, { name: string; text: string }>()

/** What stands before a value: `name{label="value",...} `, or `{"a name that needs quotes",label="value",...} `. */
export function seriesText(name: string, labels: Labels): string {
  const known = texts.get(labels)
  if (known !== undefined && known.name === name) return known.text
  const text = textOf(name, labelsText(labels))
  texts.set(labels, { name, text })
  return text
}

/** `label="value",...` */
export function labelsText(labels: Labels): string {
  const pieces: string[] = []
  for (const name in labels) {
    if (pieces.length > 0) pieces.push(',')
    pieces.push(quoteUnless(isClassicLabelName(name), name), '="', escapeQuoted(labels[name] ?? ''), '"')
  }
  return pieces.join('')
}

/** Joined, not added up: a text that is copied again and again should be one piece of memory. */
function textOf(name: string, inside: string): string {
  if (isClassicMetricName(name)) return inside === '' ? `${name} ` : [name, '{', inside, '} '].join('')
  return ['{', quoteUnless(false, name), inside === '' ? '' : ',', inside, '} '].join('')
}
