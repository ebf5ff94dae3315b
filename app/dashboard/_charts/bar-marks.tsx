// The bars of a histogram: one between each two edges.
import { share } from './chart-frame'
import type { ValueAxis } from './value-axis'

/** Part of a bar's place that stays free, on both sides together. */
const FREE = 0.16
/** What isn't empty is seen. */
const LEAST = 0.012

/** `upper` is the bound that names a bar, `share` at most 1; the largest bar has the full colour. */
export type BarMark = { upper: number; share: number }

export function BarMarks({ bars, axis }: { bars: readonly BarMark[]; axis: ValueAxis }) {
  const largest = Math.max(0, ...bars.map((bar) => bar.share))
  return bars.map((bar, i) => {
    const height = bar.share > 0 ? Math.max(LEAST, axis.toFraction(bar.share)) : 0
    return (
      <rect
        key={bar.upper}
        data-mark
        x={share((i + FREE / 2) / bars.length)}
        y={share(1 - height)}
        width={share((1 - FREE) / bars.length)}
        height={share(height)}
        rx={2.5}
        fill="var(--p95)"
        fillOpacity={largest > 0 ? 0.5 + (0.5 * bar.share) / largest : 1}
      />
    )
  })
}
