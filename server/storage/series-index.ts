// Which series have which labels: for each name and value a list of ids. An equality is answered by one look-up, and a
// regular expression is tried once per value of its label, not once per series.
import type { CompiledMatcher } from './matcher'
import { compileMatcher, labelValue } from './matcher'
import type { MemorySeries } from './memory-series'
import { intersect, Postings, subtract, unite } from './postings'
import type { Matcher } from './series'
import type { PairCount } from './tsdb-status'

/** What is done between two yields: to ask an easy matcher about one value, or to look up one series, is one. */
const STEPS_PER_YIELD = 1000

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
   * Those of the series that satisfy every matcher and are wanted, in the order in which they were added. Those that are
   * added meanwhile may be among them or not. Throws as `compileMatcher` and `accepts` do.
   */
  *select(
    matchers: readonly Matcher[],
    isWanted: (series: MemorySeries) => boolean = () => true,
  ): Generator<void, MemorySeries[]> {
    const found: MemorySeries[] = []
    const ids = yield* this.#idsOf(matchers)
    for (let start = 0; start < ids.length; start += STEPS_PER_YIELD) {
      yield
      for (const id of ids.subarray(start, start + STEPS_PER_YIELD)) {
        const series = this.#byId.get(id)
        if (series !== undefined && isWanted(series)) found.push(series)
      }
    }
    return found
  }

  /** Every name and value that a series has. */
  *pairs(): Generator<PairCount, void> {
    for (const [name, byValue] of this.#byName) {
      for (const [value, postings] of byValue) yield { name, value, seriesCount: postings.size }
    }
  }

  /** It begins with the matchers whose values can be listed, and of those with the one that leaves the fewest. */
  *#idsOf(matchers: readonly Matcher[]): Generator<void, Uint32Array> {
    const lists: Uint32Array[] = []
    const others: CompiledMatcher[] = []
    for (const matcher of matchers) {
      yield
      const compiled = compileMatcher(matcher)
      if (compiled.only === undefined || compiled.accepts('')) others.push(compiled)
      else lists.push(yield* this.#idsWith(compiled.name, compiled.only))
    }
    const [fewest, ...more] = lists.sort((left, right) => left.length - right.length)
    let ids = fewest ?? this.#all.ids
    for (const list of more) {
      yield
      ids = intersect(ids, list)
    }
    for (const matcher of others) ids = yield* this.#narrow(ids, matcher)
    return ids
  }

  /** Asks the matcher about each value of its label, or about each series, whatever there is less of. */
  *#narrow(ids: Uint32Array, matcher: CompiledMatcher): Generator<void, Uint32Array> {
    const { accepts, name } = matcher
    const values = this.#byName.get(name)
    if (values !== undefined && values.size > ids.length) {
      const labelOf = (id: number) => labelValue(this.#byId.get(id)?.labels ?? {}, name)
      return Uint32Array.from(yield* pick(ids, labelOf, matcher, true))
    }
    const isWantedAbsent = accepts('')
    const listed = yield* pick(values?.keys() ?? [], (value) => value, matcher, !isWantedAbsent)
    const listedIds = yield* this.#idsWith(name, listed)
    return isWantedAbsent ? subtract(ids, listedIds) : intersect(ids, listedIds)
  }

  *#idsWith(name: string, values: Iterable<string>): Generator<void, Uint32Array> {
    const byValue = this.#byName.get(name)
    const lists: Uint32Array[] = []
    let steps = 0
    for (const value of values) {
      if (++steps % STEPS_PER_YIELD === 0) yield
      const postings = byValue?.get(value)
      if (postings !== undefined) lists.push(postings.ids)
    }
    return unite(lists)
  }
}

/** Those whose value the matcher accepts, or those whose it doesn't. */
function* pick<T>(
  all: Iterable<T>,
  labelOf: (one: T) => string,
  { accepts, stepsFor }: CompiledMatcher,
  areAccepted: boolean,
): Generator<void, T[]> {
  const picked: T[] = []
  let steps = 0
  for (const one of all) {
    const value = labelOf(one)
    steps += stepsFor(value)
    if (steps >= STEPS_PER_YIELD) {
      yield
      steps = 0
    }
    if (accepts(value) === areAccepted) picked.push(one)
  }
  return picked
}
