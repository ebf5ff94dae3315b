// The text of a series, which is by far most of an exposition and hardly ever new.
import { escapeQuoted } from './escape'
import { isClassicLabelName, isClassicMetricName, quoteUnless } from './names'
import type { Labels } from './snapshot'

/** What stands before a value: `name{label="value",...} `, or `{"a name that needs quotes",label="value",...} `. */
export function seriesText(name: string, labels: Labels): string {
  const inside = labelsText(labels)
  if (isClassicMetricName(name)) return inside === '' ? `${name} ` : joined(name, '{', inside, '} ')
  return joined('{', quoteUnless(false, name), inside === '' ? '' : ',', inside, '} ')
}

/** `label="value",...` */
export function labelsText(labels: Labels): string {
  const pieces: string[] = []
  for (const name in labels) {
    if (pieces.length > 0) pieces.push(',')
    pieces.push(quoteUnless(isClassicLabelName(name), name), '="', escapeQuoted(labels[name] ?? ''), '"')
  }
  return joined(...pieces)
}

/** Joined, not added up: a text that is copied again and again should be one piece of memory. */
function joined(...pieces: string[]): string {
  return pieces.join('')
}

/**
 * The texts of one rendering, by the place of their lines, for the next one: collect and parse give a series the same
 * labels object each time, and mostly the same place. (A WeakMap by labels takes as long as writing the text anew.)
 */
export class SeriesTexts {
  private readonly names: string[] = []
  private readonly labels: Labels[] = []
  private readonly texts: string[] = []

  at(place: number, name: string, labels: Labels): string {
    const known = this.texts[place]
    if (known !== undefined && this.labels[place] === labels && this.names[place] === name) return known
    const text = seriesText(name, labels)
    this.names[place] = name
    this.labels[place] = labels
    this.texts[place] = text
    return text
  }

  /** Forgets the places from here on. */
  cut(places: number): void {
    for (const list of [this.names, this.labels, this.texts]) list.length = Math.min(list.length, places)
  }
}
