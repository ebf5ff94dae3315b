// Which series a line of an exposition is about.
import type { Labels } from './snapshot'

/** Remembered from one parse to the next and shared by all: nobody may change its labels. */
export class Series {
  /** The series that came after this one the last time. */
  next: Series | undefined
  /** Of the cache, when it last had this series; 0 where it never had. */
  generation = 0
  private hashWithout: string | undefined
  private hash = 0

  /** `raw` is the text that it was parsed from. */
  constructor(
    readonly raw: string,
    readonly name: string,
    readonly labels: Labels,
  ) {}

  /** The same number for the same labels, in whatever order they came, leaving out one of them. */
  metricHash(without: string): number {
    if (this.hashWithout !== without) {
      this.hash = hashOf(this.labels, without)
      this.hashWithout = without
    }
    return this.hash
  }
}

function hashOf(labels: Labels, without: string): number {
  let hash = 0
  for (const name in labels) {
    if (name !== without) hash = (hash + hashText(labels[name] ?? '', hashText(name, SEED))) | 0
  }
  return hash
}

const SEED = (Math.random() * 2 ** 32) | 0

function hashText(text: string, start: number): number {
  let hash = start
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash ^ (hash >>> 15)
}
