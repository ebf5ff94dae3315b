// What a series got, as chunks for the file. It is read into the same columns for one series after the other: arrays of
// their own would be tens of thousands at each flush.
import { CHUNK_CAPACITY, encodeChunk, LONGEST_SPAN_MS } from '../chunk/chunk'
import type { Columns } from '../chunk/columns'
import { createColumns } from '../chunk/columns'
import type { StoredSeries } from '../series'

let columns = createColumns(2 * CHUNK_CAPACITY)

/** The samples after `afterMs`. A chunk is valid during the call only. Returns when the last sample was, if there is one. */
export function toChunks(series: StoredSeries, afterMs: number, use: (chunk: Uint8Array) => void): number | undefined {
  const room = series.roomBetween(afterMs + 1, Number.POSITIVE_INFINITY)
  if (room > columns.values.length) columns = createColumns(2 * room)
  columns.stale.fill(0, 0, room)
  const count = series.read(afterMs + 1, Number.POSITIVE_INFINITY, columns, 0)
  for (let start = 0; start < count; ) {
    const end = endOfChunk(start, count)
    use(encodeChunk(start === 0 ? columns : after(start), end - start))
    start = end
  }
  return count > 0 ? columns.timestampsMs[count - 1] : undefined
}

function endOfChunk(start: number, count: number): number {
  const { timestampsMs } = columns
  let end = Math.min(start + CHUNK_CAPACITY, count)
  while ((timestampsMs[end - 1] ?? 0) - (timestampsMs[start] ?? 0) > LONGEST_SPAN_MS) end--
  return end
}

function after(start: number): Columns {
  const { timestampsMs, values, words, stale } = columns
  return {
    timestampsMs: timestampsMs.subarray(start),
    values: values.subarray(start),
    words: words.subarray(2 * start),
    stale: stale.subarray(start),
  }
}
