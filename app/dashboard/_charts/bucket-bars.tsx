'use client'
// Where requests fall now: one bar for each bucket, between its two edges.
import { memo, useMemo, useState } from 'react'
import { toCount } from '../_format/digits'
import { toText } from '../_format/unit'
import { BarMarks } from './bar-marks'
import type { Bucket } from './buckets'
import { toBucketName, toEdgeLabels, toHistogram } from './buckets'
import { ChartFrame } from './chart-frame'
import styles from './legend.module.css'
import { Plot } from './plot'
import type { ChartProps } from './time-chart'
import { toAxisFromZero, toAxisTicks } from './value-axis'

export function BucketBars({ panel, exprs, board }: ChartProps) {
  const [pointed, setPointed] = useState<number | null>(null)
  const [pinned, setPinned] = useState<number | null>(null)
  const chosen = pinned ?? pointed
  const series = board.series(exprs[0] ?? '')
  const last = board.timesMs.length - 1
  const buckets = useMemo(() => toHistogram(series).at(last) ?? [], [series, last])
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  const count = buckets.length
  const bucket = buckets[chosen ?? -1]

  return (
    <>
      <Plot
        label={panel.title}
        count={count}
        index={bucket === undefined ? -1 : (chosen ?? -1)}
        toX={(index) => (index + 0.5) / count}
        toIndex={(x) => Math.min(count - 1, Math.floor(x * count))}
        onMove={setPointed}
        onPin={setPinned}
        isPinned={pinned !== null}
        isActive
        atRest="no bucket chosen"
        heading={bucket === undefined ? '' : toBucketName(bucket)}
        rows={
          bucket === undefined
            ? []
            : [
                { name: 'share', text: total > 0 ? toText(bucket.count / total, 'percent') : toText(null, 'percent') },
                { name: 'requests', text: toCount(bucket.count) },
              ]
        }
      >
        <Drawing buckets={buckets} total={total} />
      </Plot>
      <p className={styles.legend}>
        <span>
          about <b>{toCount(total)}</b> {Math.round(total) === 1 ? 'request' : 'requests'}
        </span>
      </p>
    </>
  )
}

/** On an axis whose ticks are the edges; a bar lies between two of them. */
const Drawing = memo(function Drawing({ buckets, total }: { buckets: readonly Bucket[]; total: number }) {
  const bars = buckets.map(({ upper, count }) => ({ upper, share: total > 0 ? count / total : 0 }))
  const axis = toAxisFromZero(Math.max(0, ...bars.map(({ share }) => share)))
  const edges = ['0', ...toEdgeLabels(buckets.map(({ upper }) => upper))]
  const x = edges.map((label, i) => ({ at: i / Math.max(1, buckets.length), label }))
  return (
    <ChartFrame x={x} y={toAxisTicks(axis, 'percent')} hasGrid isDense>
      <BarMarks bars={bars} axis={axis} />
    </ChartFrame>
  )
})
