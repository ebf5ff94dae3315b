// Answers from this process's own storage, with our own PromQL.
import type { Family } from '../exposition/snapshot'
import { NO_FEATURES } from '../features'
import { evaluateInstant, evaluateRange } from '../promql/engine'
import { explain } from '../promql/explain'
import { compareText } from '../promql/labels'
import { parseExpr } from '../promql/parse'
import { PromqlError } from '../promql/promql-error'
import { selectorsOf } from '../promql/selectors-of'
import { sorted } from '../sorted'
import type { ExemplarSeries, ExemplarStorage } from '../storage/exemplar-storage'
import type { Matcher } from '../storage/series'
import type { Storage } from '../storage/storage'
import type { Metadata, Querier, SeriesFilter } from './querier'
import type { Select } from './search'
import { search, selectEach } from './search'
import { seriesSource } from './series-source'

/** More than an hour of 20,000 series: a board may ask about all that is held. Series are read one after the other. */
const MAX_SAMPLES = 100_000_000

/**
 * `families` are those of the newest snapshot of every target: what metadata is made of. `features` is what expressions
 * may have of Prometheus's experimental ones.
 */
export function createEmbeddedQuerier(
  storage: Storage,
  families: () => Family[],
  features = NO_FEATURES,
  exemplars: Pick<ExemplarStorage, 'select'> = { select: noExemplars },
): Querier {
  /** Selects by each selector, and by everything when there is none. */
  function* selected<T>({ selectors, startMs, endMs }: SeriesFilter, select: Select<T>): Generator<void, T[]> {
    const alternatives: Matcher[][] = selectors.length > 0 ? [] : [[]]
    for (const selector of selectors) {
      yield
      alternatives.push(matchersOf(selector))
    }
    return yield* selectEach(alternatives, { fromMs: startMs, toMs: endMs }, select)
  }
  function* sortedTexts(filter: SeriesFilter, select: Select<string>): Generator<void, string[]> {
    return yield* sorted(yield* selected(filter, select), compareText)
  }
  const source = seriesSource(storage)
  const defaults = { features, maxSamples: MAX_SAMPLES }
  return {
    instant: (expr, atMs, options) => evaluateInstant(source, expr, atMs, { ...defaults, ...options }),
    range: (expr, range, options) => evaluateRange(source, expr, range, { ...defaults, ...options }),
    explain: (expr, times, options) => explain(source, expr, times, { ...defaults, ...options }),
    exemplars: async (expr, { startMs, endMs }, { signal } = {}) => {
      const selectors = selectorsOf(parseExpr(expr, features))
      return search(exemplars.select(selectors, startMs, endMs), signal)
    },
    series: (filter) => search(selected(filter, storage.seriesLabels)),
    labelNames: (filter) => search(sortedTexts(filter, storage.labelNames)),
    labelValues: (name, filter) => {
      const valuesOf: Select<string> = (matchers, fromMs, toMs) => storage.labelValues(name, matchers, fromMs, toMs)
      return search(sortedTexts(filter, valuesOf))
    },
    metadata: async () => metadataOf(families()),
  }
}

// biome-ignore lint/correctness/useYield: there is nothing to look through
function* noExemplars(): Generator<void, ExemplarSeries[]> {
  return []
}

/** Throws PromqlError unless the selector is an instant vector's: `up`, `{job="a"}`. */
function matchersOf(selector: string): Matcher[] {
  const expr = parseExpr(selector)
  if (expr.kind === 'vectorSelector') return expr.matchers
  throw new PromqlError(
    `expected a series selector such as up{job="a"}, got ${JSON.stringify(selector)}`,
    expr.from,
    expr.to,
  )
}

/** Each family by its name; what two targets describe alike stands there once. */
function metadataOf(families: Family[]): Metadata {
  const metadata = new Map<string, Metadata[string]>()
  for (const { name, type, help, unit } of families) {
    const known = metadata.get(name) ?? []
    if (known.some((other) => other.type === type && other.help === help && other.unit === unit)) continue
    metadata.set(name, [...known, { type, help, unit }])
  }
  return Object.fromEntries(metadata)
}
