// Remembers parsed series by their raw text: from one scrape of a target to the next hardly any series is new.
import { HashIndex } from './hash-index'
import type { Series } from './series'
import { hashText } from './text-hash'

/** A series that takes more than this part of the limit is not worth remembering. */
const LARGEST_PART = 1 / 100

type Generation = { index: HashIndex; series: Series[]; characters: number }

const emptyGeneration = (): Generation => ({ index: new HashIndex(), series: [], characters: 0 })

/**
 * Holds at least the series used last, of some `limit` characters of raw text, and never more than twice as many: when
 * the younger generation is full it becomes the older one, and what was the older one is forgotten. Of two series with
 * the same hash, one is forgotten at once.
 */
export class SeriesCache {
  private young = emptyGeneration()
  private old = emptyGeneration()
  /** Of the younger one. Generations are counted from 1: a series of 0 was never remembered. */
  private generation = 1

  constructor(private readonly limit: number) {}

  /** The series whose raw text stands in `text` from `start` to `end`. */
  find(text: string, start: number, end: number): Series | undefined {
    const hash = hashText(text, start, end)
    const series = withHash(this.young, hash) ?? withHash(this.old, hash)
    return series !== undefined && text.slice(start, end) === series.raw ? series : undefined
  }

  /** Remembers a series, or that it was used again. */
  keep(series: Series): void {
    if (series.generation === this.generation) return
    const { raw } = series
    if (raw.length > this.limit * LARGEST_PART) return
    if (this.young.characters + raw.length > this.limit) {
      this.old = this.young
      this.young = emptyGeneration()
      this.generation++
    }
    series.generation = this.generation
    this.young.index.set(hashText(raw, 0, raw.length), this.young.series.length)
    this.young.series.push(series)
    this.young.characters += raw.length
  }
}

function withHash({ index, series }: Generation, hash: number): Series | undefined {
  return series[index.find(hash)]
}
