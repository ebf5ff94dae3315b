// Reads many series at once. Their columns are views of one block of memory, because an allocation for each series
// would cost more than the copying.
import type { Columns } from './chunk'
import type { MemorySeries } from './memory-series'
import type { Series } from './series'

/** The samples from `fromMs` to `toMs`, both inclusive, of those series that have any. */
export function readSeries(all: readonly MemorySeries[], fromMs: number, toMs: number): Series[] {
  const found = all.map((series) => ({ labels: series.labels, chunks: series.chunksBetween(fromMs, toMs) }))
  const chunks = found.flatMap((series) => series.chunks)
  const room = chunks.reduce((sum, chunk) => sum + chunk.sampleCount, 0)
  const columns: Columns = {
    timestampsMs: new Float64Array(room),
    values: new Float64Array(room),
    stale: chunks.some((chunk) => chunk.hasStale) ? new Uint8Array(room) : undefined,
  }
  const read: Series[] = []
  let start = 0
  for (const { labels, chunks } of found) {
    const end = chunks.reduce((position, chunk) => chunk.read(fromMs, toMs, columns, position), start)
    if (end > start) read.push({ labels, ...view(columns, start, end) })
    start = end
  }
  return read
}

function view({ timestampsMs, values, stale }: Columns, start: number, end: number): Columns {
  const marks = stale?.subarray(start, end)
  return {
    timestampsMs: new Float64Array(timestampsMs.buffer, start * 8, end - start),
    values: new Float64Array(values.buffer, start * 8, end - start),
    stale: marks?.includes(1) ? marks : undefined,
  }
}
