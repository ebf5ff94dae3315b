// What the storage holds, counted by names and labels: what to look at when there are too many series.
import type { Storage } from '../../storage/storage'

/** The `data` of status/tsdb; its lists have the `limit` largest. */
export function seriesCounts(storage: Pick<Storage, 'seriesLabels' | 'status'>, limit: number) {
  const byMetric = new Map<string, number>()
  const valuesOf = new Map<string, Set<string>>()
  const bytesOf = new Map<string, number>()
  const byPair = new Map<string, number>()
  for (const labels of storage.seriesLabels([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    for (const [name, value] of Object.entries(labels)) {
      if (name === '__name__') add(byMetric, value, 1)
      add(byPair, `${name}=${value}`, 1)
      // Prometheus keeps a label as two texts with the length before each.
      add(bytesOf, name, Buffer.byteLength(name) + Buffer.byteLength(value) + 2)
      const values = valuesOf.get(name)
      if (values) values.add(value)
      else valuesOf.set(name, new Set([value]))
    }
  }
  const { newestMs = 0, oldestMs = 0, seriesCount } = storage.status()
  const valueCounts = new Map([...valuesOf].map(([name, values]) => [name, values.size]))
  return {
    headStats: {
      numSeries: seriesCount,
      numLabelPairs: byPair.size,
      chunkCount: 0,
      minTime: oldestMs,
      maxTime: newestMs,
    },
    seriesCountByMetricName: largest(byMetric, limit),
    labelValueCountByLabelName: largest(valueCounts, limit),
    memoryInBytesByLabelName: largest(bytesOf, limit),
    seriesCountByLabelValuePair: largest(byPair, limit),
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count)
}

function largest(counts: Map<string, number>, limit: number): { name: string; value: number }[] {
  const descending = [...counts].sort(([, a], [, b]) => b - a)
  return descending.slice(0, limit).map(([name, value]) => ({ name, value }))
}
