'use client'
// The axes and the grid of a chart, drawn by recharts. The marks are children that draw themselves on recharts' plot
// area: a path for each series. Its own Area and Line make several objects for every point at every tick, which took
// four times as long for five areas of 300 points (34 ms against 9 ms of script in Chromium, with recharts 3.10).
import type { ReactNode } from 'react'
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts'
import type { Unit } from '../_format/unit'
import { toAxisLabel } from '../_format/unit'
import styles from './chart-frame.module.css'
import { PLOT_HEIGHT, PLOT_INSET } from './plot-area'
import type { ValueAxis } from './value-axis'

type ChartFrameProps = {
  x: { domain: [from: number, to: number]; ticks: number[]; toLabel: (tick: number) => string }
  y: ValueAxis
  unit: Unit
  /** Labels stand close: smaller letters where the screen is small. */
  isDense?: boolean
  children: ReactNode
}

const MARGIN = { top: PLOT_INSET.top, right: PLOT_INSET.right, bottom: 0, left: 0 }
const STYLE = { height: PLOT_HEIGHT }
const NO_ROWS: never[] = []

/** Without rows of its own recharts believes a domain only with a key, and where values may overflow it. */
export function ChartFrame({ x, y, unit, isDense, children }: ChartFrameProps) {
  return (
    <ComposedChart
      responsive
      className={isDense ? `${styles.chart} ${styles.dense}` : styles.chart}
      style={STYLE}
      data={NO_ROWS}
      margin={MARGIN}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={x.domain}
        allowDataOverflow
        ticks={x.ticks}
        tickFormatter={x.toLabel}
        interval={isDense ? 0 : 'preserveEnd'}
        height={PLOT_INSET.bottom}
        axisLine={false}
        tickLine={false}
      />
      <YAxis
        type="number"
        scale={y.kind}
        domain={y.domain}
        allowDataOverflow
        ticks={y.ticks}
        tickFormatter={(tick: number) => toAxisLabel(tick, unit)}
        interval={0}
        width={PLOT_INSET.left}
        axisLine={false}
        tickLine={false}
      />
      {children}
    </ComposedChart>
  )
}
