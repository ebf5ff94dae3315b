// Whether something grows: the straight line through what was measured.
import { median } from './quantile'

export type Point = { x: number; y: number }

/** The median slope of all pairs of points (Theil and Sen), which a few wild ones don't bend; NaN of fewer than two. */
export function slopeOf(points: readonly Point[]): number {
  const slopes = points.flatMap((from, i) => points.slice(i + 1).map((to) => (to.y - from.y) / (to.x - from.x)))
  return median(slopes)
}
