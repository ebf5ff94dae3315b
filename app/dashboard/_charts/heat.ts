// From a histogram over time to the cells of a heat map: columns on a fixed grid of time, so that a cell keeps its
// place and its colour while the window slides over it.
import type { LiveSeries } from '../_live/live-board'
import { toHistogram } from './buckets'
import type { TimeFrame } from './time-frame'

export type HeatColumn = {
  startMs: number
  endMs: number
  /** Mean of the column's points, for each bucket from the lowest. */
  counts: number[]
}

export type Heat = { bounds: number[]; columns: HeatColumn[]; max: number }

export const HEAT_LEVELS = [0, 1, 2, 3, 4, 5] as const

const MOST_COLUMNS = 100

/** Columns without any value are absent: a gap, not a row of zeros. */
export function toHeat(
  timesMs: readonly number[],
  series: readonly LiveSeries[],
  frame: TimeFrame,
  stepMs: number,
): Heat {
  const columnMs = Math.max(1, Math.ceil((frame.endMs - frame.startMs) / stepMs / MOST_COLUMNS)) * stepMs
  const { bounds, at } = toHistogram(series)
  const columns: (HeatColumn & { points: number })[] = []
  timesMs.forEach((timeMs, i) => {
    const buckets = timeMs > frame.startMs && timeMs <= frame.endMs ? at(i) : null
    if (buckets === null) return
    // A point tells about the time before it, so it belongs to the column that ends with it.
    const endMs = Math.ceil(timeMs / columnMs) * columnMs
    let column = columns.at(-1)
    if (column?.endMs !== endMs) {
      column = { startMs: endMs - columnMs, endMs, counts: bounds.map(() => 0), points: 0 }
      columns.push(column)
    }
    column.points += 1
    for (const [row, { count }] of buckets.entries()) {
      const mean = column.counts[row] ?? 0
      column.counts[row] = mean + (count - mean) / column.points
    }
  })
  const max = columns.reduce((most, { counts }) => Math.max(most, ...counts), 0)
  return { bounds, columns: columns.map(({ startMs, endMs, counts }) => ({ startMs, endMs, counts })), max }
}

/** The column that holds a moment. */
export function columnAt({ columns }: Heat, timeMs: number): HeatColumn | undefined {
  return columns.find(({ startMs, endMs }) => timeMs > startMs && timeMs <= endMs)
}

/** Five steps of heat, and 0 for none. By the square root, so that a single slow request is still seen beside thousands. */
export function toHeatLevel(count: number, max: number): number {
  if (!(count > max * 1e-9)) return 0
  return Math.min(5, 1 + Math.floor(Math.sqrt(count / max) * 5))
}

/**
 * The cells of one level as one SVG path, in a box as wide as the frame's milliseconds and as high as the number of
 * buckets, the lowest at the bottom.
 */
export function toHeatPath({ bounds, columns, max }: Heat, frame: TimeFrame, level: number): string {
  let path = ''
  for (const { startMs, endMs, counts } of columns) {
    counts.forEach((count, row) => {
      if (toHeatLevel(count, max) !== level) return
      path += `M${startMs - frame.startMs} ${bounds.length - row - 1}h${endMs - startMs}v1h${startMs - endMs}z`
    })
  }
  return path
}
