// Which series have which labels: for each name and value a list of ids. An equality is answered by one look-up, and a
// regular expression is tried once per value of its label, not once per series.
import type { CompiledMatcher } from './matcher'
import { compileMatcher, labelValue } from './matcher'
import type { MemorySeries } from './memory-series'
import { intersect, isIntersecting, Postings, subtract, unite } from './postings'
import type { Matcher } from './series'
import type { PairCount } from './tsdb-status'

export class SeriesIndex {
  readonly #byId = new Map<number, MemorySeries>()
  readonly #all = new Postings()
  readonly #byName = new Map<string, Map<string, Postings>>()

  get size(): number {
    return this.#byId.size
  }

  /** All series, in the order in which they were added. */
  [Symbol.iterator](): IterableIterator<MemorySeries> {
    return this.#byId.values()
  }

  /** Its id has to be larger than all others. */
  add(series: MemorySeries): void {
    this.#byId.set(series.id, series)
    this.#all.add(series.id)
    for (const [name, value] of Object.entries(series.labels)) {
      const byValue = this.#byName.get(name) ?? new Map<string, Postings>()
      const postings = byValue.get(value) ?? new Postings()
      postings.add(series.id)
      this.#byName.set(name, byValue.set(value, postings))
    }
  }

  /** Deletes them in one go, which is much less work than one by one. In the order in which they were added. */
  delete(series: readonly MemorySeries[]): void {
    const ids = Uint32Array.from(series, ({ id }) => id)
    this.#all.delete(ids)
    const pairs = new Map<string, Set<string>>()
    for (const { id, labels } of series) {
      this.#byId.delete(id)
      for (const [name, value] of Object.entries(labels)) {
        pairs.set(name, (pairs.get(name) ?? new Set()).add(value))
      }
    }
    for (const [name, values] of pairs) {
      const byValue = this.#byName.get(name)
      for (const value of values) {
        const postings = byValue?.get(value)
        postings?.delete(ids)
        if (postings?.size === 0) byValue?.delete(value)
      }
      if (byValue?.size === 0) this.#byName.delete(name)
    }
  }

  /**
   * The series that satisfy every matcher, in the order in which they were added. Throws as `compileMatcher` does.
   */
  select(matchers: readonly Matcher[]): MemorySeries[] {
    return this.#seriesOf(this.#idsOf(matchers.map(compileMatcher)))
  }

  /** The names of the labels that one of these series has, sorted. In the order in which they were added. */
  namesOf(series: readonly MemorySeries[]): string[] {
    const ids = Uint32Array.from(series, ({ id }) => id)
    const isUsed = (byValue: Map<string, Postings>) =>
      Array.from(byValue.values()).some((postings) => isIntersecting(postings.ids, ids))
    return [...this.#byName]
      .filter(([, byValue]) => isUsed(byValue))
      .map(([name]) => name)
      .sort()
  }

  /** The values that the label has in one of these series, sorted. */
  valuesOf(name: string, series: readonly MemorySeries[]): string[] {
    const ids = Uint32Array.from(series, ({ id }) => id)
    const values = [...(this.#byName.get(name) ?? [])]
    return values
      .filter(([, postings]) => isIntersecting(postings.ids, ids))
      .map(([value]) => value)
      .sort()
  }

  /** Every name and value that a series has. */
  *pairs(): Generator<PairCount, void> {
    for (const [name, byValue] of this.#byName) {
      for (const [value, postings] of byValue) yield { name, value, seriesCount: postings.size }
    }
  }

  /** It begins with the matchers whose values can be listed, and of those with the one that leaves the fewest. */
  #idsOf(matchers: readonly CompiledMatcher[]): Uint32Array {
    const lists: Uint32Array[] = []
    const others: CompiledMatcher[] = []
    for (const matcher of matchers) {
      if (matcher.only === undefined || matcher.accepts('')) others.push(matcher)
      else lists.push(this.#idsWith(matcher.name, matcher.only))
    }
    const [fewest, ...more] = lists.sort((left, right) => left.length - right.length)
    const listed = more.reduce(intersect, fewest ?? this.#all.ids)
    return others.reduce((ids, matcher) => this.#narrow(ids, matcher), listed)
  }

  /** Asks the matcher about each value of its label, or about each series, whatever there is less of. */
  #narrow(ids: Uint32Array, { name, accepts }: CompiledMatcher): Uint32Array {
    const values = this.#byName.get(name)
    if (values !== undefined && values.size > ids.length) {
      return ids.filter((id) => accepts(labelValue(this.#byId.get(id)?.labels ?? {}, name)))
    }
    const isWantedAbsent = accepts('')
    const listed = Array.from(values?.keys() ?? []).filter((value) => accepts(value) !== isWantedAbsent)
    const listedIds = this.#idsWith(name, listed)
    return isWantedAbsent ? subtract(ids, listedIds) : intersect(ids, listedIds)
  }

  #idsWith(name: string, values: Iterable<string>): Uint32Array {
    const byValue = this.#byName.get(name)
    const postings = Array.from(values, (value) => byValue?.get(value)?.ids)
    return unite(postings.filter((ids) => ids !== undefined))
  }

  #seriesOf(ids: Uint32Array): MemorySeries[] {
    const found: MemorySeries[] = []
    for (const id of ids) {
      const series = this.#byId.get(id)
      if (series !== undefined) found.push(series)
    }
    return found
  }
}
