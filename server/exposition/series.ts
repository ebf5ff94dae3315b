// Which series a line of an exposition is about.
import type { Bound } from './bounds'
import { BoundVariants } from './bounds'
import type { Labels } from './snapshot'
import { hashText } from './text-hash'

/** Remembered from one parse to the next and shared by all: nobody may change its labels. */
export class Series {
  /** The series that came after this one the last time. */
  next: Series | undefined
  /** Of the cache, when it last had this series; 0 where it never had. */
  generation = 0
  private hashWithout: string | undefined
  private hash = 0
  /** Where it has a label that is a number, and isn't written as floats are. */
  private readonly variants: BoundVariants | undefined

  /** `raw` is the text that it was parsed from. */
  constructor(
    readonly raw: string,
    readonly name: string,
    readonly labels: Labels,
  ) {
    this.variants = BoundVariants.of(labels)
  }

  /**
   * The labels with the one that is a number written as floats are, as Prometheus stores them: `le` while the family in
   * force is a histogram, `quantile` while it is a summary. Within one reading, a text, they are those of the first time.
   */
  labelsWith(bound: Bound | undefined, reading: number): Labels {
    return this.variants === undefined ? this.labels : this.variants.labelsWith(bound, reading)
  }

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
    if (name !== without) {
      const value = labels[name] ?? ''
      hash = (hash + hashText(value, 0, value.length, hashText(name, 0, name.length))) | 0
    }
  }
  return hash
}
