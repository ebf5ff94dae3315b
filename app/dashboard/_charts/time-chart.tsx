'use client'
// A panel over time: lines or stacked areas, the cursor, the legend.
import { useMemo } from 'react'
import type { Panel } from '../_boards/panel'
import { toClock } from '../_format/time'
import { toText } from '../_format/unit'
import type { LiveBoard } from '../_live/live-board'
import { toLines } from './chart-line'
import { Legend } from './legend'
import { Plot } from './plot'
import { TimeDrawing } from './time-drawing'
import type { TimeFrame } from './time-frame'
import type { Row } from './to-rows'
import { toRows } from './to-rows'
import { useMoment } from './use-moment'
import { toAxisFromZero, toFittedAxis } from './value-axis'

export type ChartProps = { panel: Panel; exprs: readonly string[]; board: LiveBoard; frame: TimeFrame }

export function TimeChart({ panel, exprs, board, frame }: ChartProps) {
  const isStacked = panel.chart === 'stack'
  const { timesMs } = board
  const lines = useMemo(() => toLines(panel, exprs, board), [panel, exprs, board])
  const rows = useMemo(() => toRows(timesMs, lines, frame, isStacked), [timesMs, lines, frame, isStacked])
  const axis = useMemo(() => axisOf(rows, isStacked, panel.isFitted === true), [rows, isStacked, panel])
  const moment = useMoment(panel.id, timesMs, frame)
  const atMs = timesMs[moment.index]

  return (
    <>
      <Plot
        {...moment}
        label={`${panel.title}, ${panel.subtitle}`}
        count={timesMs.length}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={lines.map(({ name, colour, values }) => ({
          name,
          colour,
          text: toText(values[moment.index], panel.unit),
        }))}
      >
        <TimeDrawing isStacked={isStacked} lines={lines} rows={rows} frame={frame} axis={axis} unit={panel.unit} />
      </Plot>
      <Legend lines={lines} timesMs={timesMs} unit={panel.unit} />
    </>
  )
}

function axisOf(rows: readonly Row[], isStacked: boolean, isFitted: boolean) {
  const drawn = rows.flatMap(({ values }) => {
    const present = values.filter((value) => value !== null)
    return isStacked ? present.reduce((sum, value) => sum + value, 0) : present
  })
  const max = drawn.reduce((most, value) => Math.max(most, value), 0)
  if (!isFitted) return toAxisFromZero(max)
  return toFittedAxis(
    drawn.reduce((least, value) => Math.min(least, value), max),
    max,
  )
}
