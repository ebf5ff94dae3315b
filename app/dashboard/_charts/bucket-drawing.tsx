'use client'
// The bars of the latency buckets, drawn by recharts on an axis whose ticks are the buckets' edges.
import { memo } from 'react'
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts'
import { toAxisLabel } from '../_format/unit'
import type { Bucket } from './buckets'
import { toEdgeLabels } from './buckets'
import styles from './drawing.module.css'
import { PLOT_HEIGHT, PLOT_INSET } from './plot-area'
import { toAxisFromZero } from './value-axis'

type BucketDrawingProps = { buckets: readonly Bucket[]; total: number }

/** A bar stands in the middle between two whole numbers, which are its edges. */
type BarRow = { middle: number; share: number; fillOpacity: number }

export const BucketDrawing = memo(function BucketDrawing({ buckets, total }: BucketDrawingProps) {
  const largest = buckets.reduce((most, { count }) => Math.max(most, count), 0)
  const rows = buckets.map(
    ({ count }, i): BarRow => ({
      middle: i + 0.5,
      share: total > 0 ? count / total : 0,
      fillOpacity: largest > 0 ? 0.5 + (0.5 * count) / largest : 1,
    }),
  )
  const axis = toAxisFromZero(total > 0 ? largest / total : 0)
  const edges = ['0', ...toEdgeLabels(buckets.map(({ upper }) => upper))]
  return (
    <BarChart
      responsive
      className={`${styles.drawing} ${styles.narrow}`}
      style={{ height: PLOT_HEIGHT }}
      data={rows}
      margin={{ top: PLOT_INSET.top, right: PLOT_INSET.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      barCategoryGap="8%"
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="middle"
        type="number"
        domain={[0, buckets.length]}
        ticks={edges.map((_, i) => i)}
        tickFormatter={(edge: number) => edges[edge] ?? ''}
        interval={0}
        height={PLOT_INSET.bottom}
        axisLine={false}
        tickLine={false}
      />
      <YAxis
        domain={axis.domain}
        ticks={axis.ticks}
        tickFormatter={(value: number) => toAxisLabel(value, 'percent')}
        width={PLOT_INSET.left}
        axisLine={false}
        tickLine={false}
        interval={0}
      />
      <Bar
        dataKey="share"
        fill="var(--p95)"
        radius={[2.5, 2.5, 0, 0]}
        minPointSize={minHeight}
        isAnimationActive={false}
      />
    </BarChart>
  )
})

/** A bucket that has anything at all is seen. */
const minHeight = (value: unknown) => (typeof value === 'number' && value > 0 ? 2 : 0)
