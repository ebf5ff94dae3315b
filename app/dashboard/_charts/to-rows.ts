// From lines to the rows that recharts draws.
import type { ChartLine } from './chart-line'
import type { TimeFrame } from './time-frame'

/** `values[i]` belongs to the i-th line; null is not drawn. */
export type Row = { timeMs: number; values: (number | null)[] }

/**
 * One row for each time inside the frame. NaN and the infinities have no place on an axis and become gaps. Stacked, a
 * line without a value adds nothing while another line has one, so that the layers above it don't break.
 */
export function toRows(
  timesMs: readonly number[],
  lines: readonly ChartLine[],
  frame: TimeFrame,
  isStacked: boolean,
): Row[] {
  const rows: Row[] = []
  timesMs.forEach((timeMs, i) => {
    if (timeMs < frame.startMs || timeMs > frame.endMs) return
    const values = lines.map((line) => toDrawn(line.values[i]))
    const isGap = values.every((value) => value === null)
    rows.push({ timeMs, values: isStacked && !isGap ? values.map((value) => value ?? 0) : values })
  })
  return rows
}

const toDrawn = (value: number | null | undefined) => (Number.isFinite(value) ? (value ?? null) : null)
