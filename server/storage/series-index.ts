// Postings: for each label name and value, the series that have it. An equality is answered by one look-up, and a
// regular expression is tried once per value of its label, not once per series.
import type { CompiledMatcher } from './matcher'
import { compileMatcher, labelValue } from './matcher'
import type { MemorySeries } from './memory-series'
import type { Matcher } from './series'
import type { PairCount } from './tsdb-status'

/** In the order in which the series were added. */
type Posting = Set<MemorySeries>

export class SeriesIndex {
  readonly #all = new Set<MemorySeries>()
  readonly #byName = new Map<string, Map<string, Posting>>()

  get size(): number {
    return this.#all.size
  }

  /** All series, in the order in which they were added. */
  [Symbol.iterator](): IterableIterator<MemorySeries> {
    return this.#all.values()
  }

  add(series: MemorySeries): void {
    this.#all.add(series)
    for (const [name, value] of Object.entries(series.labels)) {
      const byValue = this.#byName.get(name) ?? new Map<string, Posting>()
      const posting = byValue.get(value)
      if (posting !== undefined) posting.add(series)
      else this.#byName.set(name, byValue.set(value, new Set([series])))
    }
  }

  delete(series: MemorySeries): void {
    this.#all.delete(series)
    for (const [name, value] of Object.entries(series.labels)) {
      const byValue = this.#byName.get(name)
      const posting = byValue?.get(value)
      posting?.delete(series)
      if (posting?.size === 0) byValue?.delete(value)
      if (byValue?.size === 0) this.#byName.delete(name)
    }
  }

  /**
   * The series that satisfy every matcher, in the order in which they were added. It begins with the matcher that
   * leaves the fewest, and only a question whose matchers all accept an absent label looks at every series. Throws
   * as `compileMatcher` does.
   */
  select(matchers: readonly Matcher[]): MemorySeries[] {
    const compiled = matchers.map(compileMatcher)
    let start: { matcher: CompiledMatcher; postings: Posting[]; size: number } | undefined
    for (const matcher of compiled) {
      if (matcher.accepts('')) continue
      const postings = this.#postingsOf(matcher)
      const size = postings.reduce((sum, posting) => sum + posting.size, 0)
      if (start === undefined || size < start.size) start = { matcher, postings, size }
    }
    const others = compiled.filter((matcher) => matcher !== start?.matcher)
    const candidates = start === undefined ? [...this.#all] : union(start.postings)
    return candidates.filter(({ labels }) => others.every(({ name, accepts }) => accepts(labelValue(labels, name))))
  }

  /** Every name and value that a series has. */
  *pairs(): Generator<PairCount, void> {
    for (const [name, byValue] of this.#byName) {
      for (const [value, posting] of byValue) yield { name, value, seriesCount: posting.size }
    }
  }

  /** The postings of all values that the matcher accepts. */
  #postingsOf({ name, accepts, only }: CompiledMatcher): Posting[] {
    const byValue = this.#byName.get(name) ?? new Map<string, Posting>()
    const values = only === undefined ? [...byValue.keys()].filter(accepts) : [...only]
    return values.map((value) => byValue.get(value)).filter((posting) => posting !== undefined)
  }
}

function union(postings: readonly Posting[]): MemorySeries[] {
  const [only] = postings
  if (only !== undefined && postings.length === 1) return [...only]
  return postings.flatMap((posting) => [...posting]).sort((left, right) => left.id - right.id)
}
