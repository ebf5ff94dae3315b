// Answers from this process's own storage, with our own PromQL.
import type { Family, Labels } from '../exposition/snapshot'
import { evaluateInstant, evaluateRange } from '../promql/engine'
import { parseExpr } from '../promql/parse'
import { PromqlError } from '../promql/promql-error'
import type { Matcher } from '../storage/series'
import type { Storage } from '../storage/storage'
import type { Metadata, Querier, SeriesFilter } from './querier'
import { seriesSource } from './series-source'

/** More than an hour of 20,000 series: a board may ask about all that is held. Series are read one after the other. */
const MAX_SAMPLES = 100_000_000

/** `families` are those of the newest snapshot of every target: what metadata is made of. */
export function createEmbeddedQuerier(storage: Storage, families: () => Family[]): Querier {
  /** Selects by each selector, and by everything when there is none. */
  const selected = <T>({ selectors, startMs, endMs }: SeriesFilter, select: Select<T>): Set<T> => {
    const alternatives = selectors.length > 0 ? selectors.map(matchersOf) : [[]]
    return new Set(alternatives.flatMap((matchers) => select(matchers, startMs, endMs)))
  }
  const source = seriesSource(storage)
  return {
    instant: (expr, atMs, options) => evaluateInstant(source, expr, atMs, { maxSamples: MAX_SAMPLES, ...options }),
    range: (expr, range, options) => evaluateRange(source, expr, range, { maxSamples: MAX_SAMPLES, ...options }),
    series: async (filter) => [...selected<Labels>(filter, storage.seriesLabels)],
    labelNames: async (filter) => [...selected(filter, storage.labelNames)].sort(),
    labelValues: async (name, filter) => {
      const valuesOf: Select<string> = (matchers, fromMs, toMs) => storage.labelValues(name, matchers, fromMs, toMs)
      return [...selected(filter, valuesOf)].sort()
    },
    metadata: async () => metadataOf(families()),
  }
}

type Select<T> = (matchers: readonly Matcher[], fromMs: number, toMs: number) => T[]

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
