// Samples that a series got, as chunks for the file.
import { CHUNK_CAPACITY, encodeChunk, LONGEST_SPAN_MS } from '../chunk/chunk'
import type { Series } from '../series'

/** One chunk after the other; each is valid until the next is asked for. */
export function* toChunks({ timestampsMs, values }: Series): Generator<Uint8Array, void> {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  for (let start = 0; start < values.length; ) {
    const end = endOfChunk(timestampsMs, start)
    const columns = {
      timestampsMs: timestampsMs.subarray(start, end),
      values: values.subarray(start, end),
      words: words.subarray(2 * start, 2 * end),
      stale: NO_MARKS,
    }
    yield encodeChunk(columns, end - start)
    start = end
  }
}

/** A chunk tells staleness markers by the bits of their values. */
const NO_MARKS = new Uint8Array(0)

function endOfChunk(timestampsMs: Float64Array, start: number): number {
  const firstMs = timestampsMs[start] ?? 0
  let end = Math.min(start + CHUNK_CAPACITY, timestampsMs.length)
  while ((timestampsMs[end - 1] ?? 0) - firstMs > LONGEST_SPAN_MS) end--
  return end
}
