// The series of one target: it keeps their labels as the same objects from one scrape to the next, so the storage needs no
// look-up, and it finds the series that are gone.
import { labelsKey } from '../exposition/labels-key'
import type { Labels, Sample } from '../exposition/snapshot'
import { storedLabels } from './stored-labels'

/**
 * What failed scrapes have brought is kept until one succeeds, as in Prometheus, but no more of it than so many times what
 * the last success brought, and so many more.
 */
const KEPT_TIMES = 2
const KEPT_MORE = 1000

type Entry = {
  sample: Pick<Sample, 'name' | 'labels'>
  stored: Labels
  /** The number of the last scrape that had this series; 0 where it is of failed ones only. */
  scrape: number
  /** Whether it was stored, and has not ended since. */
  isStored: boolean
  /** Whether it has to be marked stale when it is gone: not if it says by itself when its samples were taken. */
  isTracked: boolean
  /** The series that came after this one the last time, which is a good guess for this time. */
  next: Entry | undefined
}

export class ScrapedSeries {
  readonly #target: Labels
  readonly #byKey = new Map<string, Entry>()
  #scrape = 0
  #wholeCount = 0
  #first: Entry | undefined
  #previous: Entry | undefined

  /** `target` are the labels that every series gets: job and instance. */
  constructor(target: Labels) {
    this.#target = target
  }

  /** How many there are: one more after `labelsOf` has met a new one. */
  get count(): number {
    return this.#byKey.size
  }

  /** A scrape begins. */
  begin(): void {
    this.#scrape++
    this.#previous = undefined
  }

  /**
   * The labels to store the sample with; undefined where its series had a sample before in this scrape, with a timestamp,
   * and this one has none. To be called for the samples of a scrape in their order.
   */
  labelsOf(sample: Sample): Labels | undefined {
    const guess = this.#previous === undefined ? this.#first : this.#previous.next
    const entry = guess !== undefined && isSameSeries(guess.sample, sample) ? guess : this.#find(sample)
    if (this.#previous === undefined) this.#first = entry
    else this.#previous.next = entry
    this.#previous = entry
    const isRepeated = entry.scrape === this.#scrape
    const isTimed = sample.timestampMs !== undefined
    if (isRepeated && !entry.isTracked && !isTimed) return undefined
    entry.isTracked = !isTimed || (isRepeated && entry.isTracked)
    entry.scrape = this.#scrape
    entry.isStored = true
    return entry.stored
  }

  /** Notes the series of a sample that is not stored, because its scrape failed. */
  note(sample: Sample): void {
    this.#find(sample)
  }

  /**
   * A scrape ends, and returns the labels of the series to be marked stale. One that succeeded and had samples makes
   * forget the series that it did not have.
   */
  end(isWhole: boolean): Labels[] {
    // What a series that is now the last one used to be followed by may just have been forgotten.
    if (this.#previous === undefined) this.#first = undefined
    else this.#previous.next = undefined
    const isForgetting = isWhole || this.count > KEPT_TIMES * this.#wholeCount + KEPT_MORE
    const gone: Labels[] = []
    for (const [key, entry] of this.#byKey) {
      if (entry.scrape === this.#scrape) continue
      if (isForgetting) this.#byKey.delete(key)
      if (entry.isTracked && entry.isStored) gone.push(entry.stored)
      entry.isStored = false
    }
    if (isWhole) this.#wholeCount = this.count
    return gone
  }

  #find({ name, labels }: Sample): Entry {
    const stored = storedLabels({ name, labels }, this.#target)
    const key = labelsKey(stored)
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const entry = { sample: { name, labels }, stored, scrape: 0, isStored: false, isTracked: true, next: undefined }
    this.#byKey.set(key, entry)
    return entry
  }
}

/** Labels are compared as they are written; where only their order differs, the key still finds the series. */
function isSameSeries(left: Entry['sample'], right: Entry['sample']): boolean {
  if (left.name !== right.name) return false
  let count = 0
  for (const name in left.labels) {
    if (left.labels[name] !== right.labels[name]) return false
    count++
  }
  for (const _ in right.labels) count--
  return count === 0
}
