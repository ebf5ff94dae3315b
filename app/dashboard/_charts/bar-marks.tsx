'use client'
// The bars of a histogram, on recharts' plot area: one between each two edges.
import { usePlotArea } from 'recharts'
import type { ValueAxis } from './value-axis'

/** Part of a bar's place that stays free, on both sides together. */
const FREE = 0.16
/** What isn't empty is seen. */
const LEAST_HEIGHT = 2

/** `upper` is the bound that names a bar, `share` at most 1; the largest bar has the full colour. */
export type BarMark = { upper: number; share: number }

export function BarMarks({ bars, axis }: { bars: readonly BarMark[]; axis: ValueAxis }) {
  const area = usePlotArea()
  if (area === undefined) return null
  const place = area.width / bars.length
  const largest = Math.max(0, ...bars.map(({ share }) => share))
  return bars.map(({ upper, share }, i) => {
    const height = share > 0 ? Math.max(LEAST_HEIGHT, axis.toFraction(share) * area.height) : 0
    return (
      <rect
        key={upper}
        data-mark
        x={area.x + (i + FREE / 2) * place}
        y={area.y + area.height - height}
        width={place * (1 - FREE)}
        height={height}
        rx={2.5}
        fill="var(--p95)"
        fillOpacity={largest > 0 ? 0.5 + (0.5 * share) / largest : 1}
      />
    )
  })
}
