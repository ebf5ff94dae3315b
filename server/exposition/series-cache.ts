// Remembers parsed series by their raw text: from one scrape of a target to the next hardly any series is new.
import type { Series } from './series'

/** A series that takes more than this part of the limit is not worth remembering. */
const LARGEST_PART = 1 / 100

/**
 * Holds at least the series used last, of some `limit` characters of raw text, and never more than twice as many: when
 * the younger generation is full it becomes the older one, and what was the older one is forgotten.
 */
export class SeriesCache {
  private young = new Map<string, Series>()
  private old = new Map<string, Series>()
  private youngCharacters = 0
  /** Of the younger one. Generations are counted from 1: a series of 0 was never remembered. */
  private generation = 1

  constructor(private readonly limit: number) {}

  get(raw: string): Series | undefined {
    const young = this.young.get(raw)
    if (young !== undefined) return young
    const old = this.old.get(raw)
    if (old !== undefined) this.keep(old)
    return old
  }

  /** Remembers a series, or that it was used again. */
  keep(series: Series): void {
    if (series.generation === this.generation) return
    const { length } = series.raw
    if (length > this.limit * LARGEST_PART) return
    if (this.youngCharacters + length > this.limit) {
      this.old = this.young
      this.young = new Map()
      this.youngCharacters = 0
      this.generation++
    }
    series.generation = this.generation
    this.young.set(series.raw, series)
    this.youngCharacters += length
  }
}
