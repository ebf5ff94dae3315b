// Which series a line of an exposition is about.
import { labelOf } from './labels'
import type { Labels } from './snapshot'

/** Remembered from one parse to the next and shared by all: nobody may change its labels. */
export class Series {
  private keyWithout: string | undefined
  private key = ''

  constructor(
    readonly name: string,
    readonly labels: Labels,
  ) {}

  /** The same text for the same labels, in whatever order they came, leaving out one of them. */
  metricKey(without: string): string {
    if (this.keyWithout !== without) {
      this.key = keyOf(this.labels, without)
      this.keyWithout = without
    }
    return this.key
  }
}

function keyOf(labels: Labels, without: string): string {
  let key = ''
  for (const name of Object.keys(labels).sort()) {
    const value = labelOf(labels, name) ?? ''
    if (name !== without) key += `${name.length}:${name}${value.length}:${value}`
  }
  return key
}
