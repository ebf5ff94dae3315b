// Reads many series at once. Their columns are views of a few blocks of memory, because an allocation for each series
// would cost more than the copying.
import type { Columns } from './chunk'
import type { MemorySeries } from './memory-series'
import type { Series } from './series'

/** Samples in a block, unless one series needs more. */
const BLOCK_LENGTH = 32_768

/** The samples from `fromMs` to `toMs`, both inclusive, of those series that have any. */
export function readSeries(all: readonly MemorySeries[], fromMs: number, toMs: number): Series[] {
  const read: Series[] = []
  let block = createBlock(0)
  let start = 0
  for (const [i, series] of all.entries()) {
    const chunks = series.chunksBetween(fromMs, toMs)
    let room = 0
    for (const chunk of chunks) room += chunk.sampleCount
    if (start + room > block.values.length) {
      const roomForRest = room * (all.length - i)
      block = createBlock(Math.max(room, Math.min(roomForRest, BLOCK_LENGTH)))
      start = 0
    }
    let end = start
    for (const chunk of chunks) end = chunk.read(fromMs, toMs, block, end)
    if (end > start) read.push({ labels: series.labels, ...view(block, start, end) })
    start = end
  }
  return read
}

function createBlock(length: number): Columns {
  return { timestampsMs: new Float64Array(length), values: new Float64Array(length), stale: new Uint8Array(length) }
}

/** A part of a block. The constructors take half the time of `subarray`. */
function view({ timestampsMs, values, stale }: Columns, start: number, end: number): Omit<Series, 'labels'> {
  const marks = stale.subarray(start, end)
  return {
    timestampsMs: new Float64Array(timestampsMs.buffer, start * 8, end - start),
    values: new Float64Array(values.buffer, start * 8, end - start),
    stale: marks.includes(1) ? marks : undefined,
  }
}
