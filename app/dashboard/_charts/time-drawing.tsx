'use client'
// Lines or stacked areas over time, drawn by recharts. It knows nothing of the cursor, so that moving it draws nothing.
import { memo } from 'react'
import { Area, AreaChart, CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts'
import { toTickLabel } from '../_format/time'
import type { Unit } from '../_format/unit'
import { toAxisLabel } from '../_format/unit'
import type { ChartLine } from './chart-line'
import styles from './drawing.module.css'
import { PLOT_HEIGHT, PLOT_INSET } from './plot-area'
import type { TimeFrame } from './time-frame'
import type { Row } from './to-rows'
import type { ValueAxis } from './value-axis'

type TimeDrawingProps = {
  isStacked: boolean
  lines: readonly Pick<ChartLine, 'key' | 'colour'>[]
  rows: Row[]
  frame: TimeFrame
  axis: ValueAxis
  unit: Unit
}

export const TimeDrawing = memo(function TimeDrawing({ isStacked, lines, rows, frame, axis, unit }: TimeDrawingProps) {
  const Chart = isStacked ? AreaChart : LineChart
  return (
    <Chart
      responsive
      className={styles.drawing}
      style={{ height: PLOT_HEIGHT }}
      data={rows}
      margin={{ top: PLOT_INSET.top, right: PLOT_INSET.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="timeMs"
        type="number"
        domain={[frame.startMs, frame.endMs]}
        ticks={frame.ticksMs}
        tickFormatter={toTickLabel}
        height={PLOT_INSET.bottom}
        axisLine={false}
        tickLine={false}
        allowDataOverflow
      />
      <YAxis
        domain={axis.domain}
        ticks={axis.ticks}
        tickFormatter={(value: number) => toAxisLabel(value, unit)}
        width={PLOT_INSET.left}
        axisLine={false}
        tickLine={false}
        interval={0}
      />
      {lines.map(({ key, colour }, i) =>
        isStacked ? (
          <Area
            key={key}
            dataKey={lineAt(i)}
            stackId="all"
            fill={`var(--${colour})`}
            fillOpacity={0.84}
            stroke="var(--panel)"
            strokeWidth={0.6}
            isAnimationActive={false}
            activeDot={false}
          />
        ) : (
          <Line
            key={key}
            dataKey={lineAt(i)}
            stroke={`var(--${colour})`}
            strokeWidth={1.7}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ),
      )}
    </Chart>
  )
})

/** The same function for the same line every time: recharts compares them to know what it need not compute again. */
const accessors = new Map<number, (row: Row) => number | null>()
function lineAt(i: number) {
  const existing = accessors.get(i)
  if (existing !== undefined) return existing
  const accessor = (row: Row) => row.values[i] ?? null
  accessors.set(i, accessor)
  return accessor
}
