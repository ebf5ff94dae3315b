// Which labels have the most series, as in Prometheus's status/tsdb.

import { sorted } from '../sorted'

/** How many series have a label with this value. */
export type PairCount = { name: string; value: string; seriesCount: number }

export type NamedCount = { name: string; value: number }

export type TsdbStatus = {
  headStats: {
    numSeries: number
    /** Distinct pairs of a name and a value. */
    numLabelPairs: number
    /** Encoded chunks and those still open. */
    chunkCount: number
    /** In milliseconds since 1970; undefined while nothing is held, as is `maxTime`. */
    minTime: number | undefined
    maxTime: number | undefined
  }
  /** The largest of each, descending. */
  seriesCountByMetricName: NamedCount[]
  labelValueCountByLabelName: NamedCount[]
  /** As Prometheus keeps labels: the UTF-8 bytes of name and value with a length before each, of each series for itself. */
  memoryInBytesByLabelName: NamedCount[]
  /** By `name=value`. */
  seriesCountByLabelValuePair: NamedCount[]
}

/** What the pairs amount to; of each list, the `limit` largest. In steps, as there may be a hundred thousand pairs. */
export function* countPairs(pairs: Iterable<PairCount>, limit: number) {
  const valueCounts = new Map<string, number>()
  const bytes = new Map<string, number>()
  const metrics: NamedCount[] = []
  const byPair: NamedCount[] = []
  for (const { name, value, seriesCount } of pairs) {
    valueCounts.set(name, (valueCounts.get(name) ?? 0) + 1)
    bytes.set(name, (bytes.get(name) ?? 0) + labelBytes(name, value) * seriesCount)
    if (name === '__name__') metrics.push({ name: value, value: seriesCount })
    byPair.push({ name: `${name}=${value}`, value: seriesCount })
    yield
  }
  return {
    numLabelPairs: byPair.length,
    seriesCountByMetricName: yield* largest(metrics, limit),
    labelValueCountByLabelName: yield* largest(namedCounts(valueCounts), limit),
    memoryInBytesByLabelName: yield* largest(namedCounts(bytes), limit),
    seriesCountByLabelValuePair: yield* largest(byPair, limit),
  }
}

function labelBytes(name: string, value: string): number {
  return Buffer.byteLength(name) + Buffer.byteLength(value) + 2
}

function namedCounts(counts: ReadonlyMap<string, number>): NamedCount[] {
  return Array.from(counts, ([name, value]) => ({ name, value }))
}

/** What is as large as another is in the order of its name. */
function* largest(counts: NamedCount[], limit: number): Generator<void, NamedCount[]> {
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const descending = yield* sorted(counts, (a, b) => b.value - a.value || byName(a.name, b.name))
  return descending.slice(0, limit)
}
