// From lines to the curves that are drawn: only inside the frame, only what has a place on an axis.
import type { ChartLine } from './chart-line'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'

/** `timesMs` are those inside the frame; each of `curves` belongs to one line and is aligned with them. */
export type Curves = { timesMs: number[]; curves: (number | null)[][] }

/** NaN and the infinities become gaps, like null. */
export function toCurves(timesMs: readonly number[], lines: readonly ChartLine[], frame: TimeFrame): Curves {
  const from = timesMs.findIndex((timeMs) => timeMs >= frame.startMs)
  const inside = from < 0 ? [] : timesMs.slice(from)
  const curves = lines.map(({ values }) =>
    inside.map((_, i) => {
      const value = values[from + i]
      return value !== undefined && Number.isFinite(value) ? value : null
    }),
  )
  return { timesMs: inside, curves }
}

/** How wide the box of a curve is, before it is stretched: tenths of it are finer than any screen. */
export const CURVE_WIDTH = 1000

/** Where the times lie in such a box. */
export function toXs(timesMs: readonly number[], frame: TimeFrame): number[] {
  return timesMs.map((timeMs) => toFraction(frame, timeMs) * CURVE_WIDTH)
}

/**
 * Each curve on top of those before it. Where a curve has no value while another one has, it adds nothing, so that the
 * layers above it don't break; where none has a value, all have a gap.
 */
export function toStack(curves: Curves['curves']): Curves['curves'] {
  const length = curves[0]?.length ?? 0
  const sums: (number | null)[] = Array.from({ length }, (_, i) =>
    curves.some((curve) => curve[i] !== null) ? 0 : null,
  )
  return curves.map((curve) => {
    for (const [i, value] of curve.entries()) sums[i] = add(sums[i] ?? null, value)
    return [...sums]
  })
}

const add = (sum: number | null, value: number | null) => (sum === null ? null : sum + (value ?? 0))
