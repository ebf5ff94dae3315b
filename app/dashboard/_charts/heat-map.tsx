'use client'
// Latency over time as cells, the cursor, and what the colours mean.
import { useMemo } from 'react'
import { toClock } from '../_format/time'
import type { Unit } from '../_format/unit'
import { toText } from '../_format/unit'
import { toBucketName } from './buckets'
import type { Heat } from './heat'
import { toHeat, toHeatLevel } from './heat'
import { HeatCells } from './heat-cells'
import { HeatScale } from './heat-scale'
import { Plot } from './plot'
import type { ReadoutRow } from './readout'
import type { ChartProps } from './time-chart'
import { useMoment } from './use-moment'

export function HeatMap({ panel, exprs, board, frame }: ChartProps) {
  const { timesMs, stepMs } = board
  const series = board.series(exprs[0] ?? '')
  const heat = useMemo(() => toHeat(timesMs, series, frame, stepMs), [timesMs, series, frame, stepMs])
  const moment = useMoment(panel.id, timesMs, frame)
  const atMs = timesMs[moment.index]
  return (
    <>
      <Plot
        {...moment}
        label={panel.title}
        count={timesMs.length}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={atMs === undefined ? [] : toReadout(heat, atMs, panel.unit)}
      >
        <HeatCells heat={heat} frame={frame} />
      </Plot>
      <HeatScale max={heat.max} unit={panel.unit} />
    </>
  )
}

/** The cells of the column at that moment, the slowest first, as they stand; empty ones are left out. */
function toReadout({ bounds, columns, max }: Heat, atMs: number, unit: Unit): ReadoutRow[] {
  const column = columns.find(({ startMs, endMs }) => atMs > startMs && atMs <= endMs)
  const rows = (column?.counts ?? []).flatMap((count, row): ReadoutRow[] => {
    const level = toHeatLevel(count, max)
    if (level === 0) return []
    const bucket = { lower: bounds[row - 1] ?? 0, upper: bounds[row] ?? Number.POSITIVE_INFINITY, count }
    return [{ name: toBucketName(bucket), text: toText(count, unit), colour: `heat-${level}` }]
  })
  return rows.length > 0 ? rows.reverse() : [{ name: 'no requests', text: '' }]
}
