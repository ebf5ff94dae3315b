// Reads many series, each when it is asked for. Their columns are views of a few blocks of memory, because an
// allocation for each series would cost more than the copying.
import { createColumns, viewColumns } from './chunk/columns'
import type { MemorySeries } from './memory-series'
import type { Series } from './series'

/** Samples in a block, unless one series needs more. */
const BLOCK_LENGTH = 32_768

/** The samples from `fromMs` to `toMs`, both inclusive, of those series that have any. */
export function* readSeries(all: readonly MemorySeries[], fromMs: number, toMs: number): Generator<Series, void> {
  let block = createColumns(0)
  let start = 0
  for (const [i, series] of all.entries()) {
    const room = series.roomBetween(fromMs, toMs)
    if (room === 0) continue
    if (start + room > block.values.length) {
      const roomForRest = room * (all.length - i)
      block = createColumns(Math.max(room, Math.min(roomForRest, BLOCK_LENGTH)))
      start = 0
    }
    const end = series.read(fromMs, toMs, block, start)
    if (end > start) yield { labels: series.labels, ...viewColumns(block, start, end) }
    start = end
  }
}
