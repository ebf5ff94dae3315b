// A Prometheus histogram's cumulative `le` series as what lies in each bucket.
import type { Unit } from '../_format/unit'
import { toAxisLabel } from '../_format/unit'
import type { LiveSeries } from '../_live/live-board'

/** What fell into (lower, upper], in the histogram's unit; `count` is in that of the query: requests, or requests per second. */
export type Bucket = { lower: number; upper: number; count: number }

export type Histogram = {
  /** The upper bounds, ascending; the last one is usually infinite. */
  bounds: number[]
  /** The buckets at one index of the board's times, lowest first; null where the histogram has no value. */
  at(index: number): Bucket[] | null
}

/**
 * Reads the series of `sum by (le) (...)`; those without a readable `le` are left out. Rounding may let a cumulative
 * count fall by a hair from one bound to the next: such a bucket is empty, as in histogram_quantile.
 */
export function toHistogram(series: readonly LiveSeries[]): Histogram {
  const sorted = series
    .map(({ labels, values }) => ({ bound: parseBound(labels.le), values }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound)

  function at(index: number): Bucket[] | null {
    let below = 0
    let lower = 0
    let hasValue = false
    const buckets = sorted.map(({ bound, values }) => {
      const cumulative = values[index] ?? Number.NaN
      if (Number.isFinite(cumulative)) hasValue = true
      const reached = Number.isFinite(cumulative) ? Math.max(below, cumulative) : below
      const bucket = { lower, upper: bound, count: reached - below }
      below = reached
      lower = bound
      return bucket
    })
    return hasValue ? buckets : null
  }

  return { bounds: sorted.map(({ bound }) => bound), at }
}

/** The edges as an axis shows them, the unit only where it changes: `1 ms`, `2.5`, `5`, ... `1 s`, ... `∞`. */
export function toEdgeLabels(bounds: readonly number[], of: Unit = 'seconds'): string[] {
  let unit = ''
  return bounds.map((bound) => {
    const [digits = '', next = ''] = toEdge(bound, of).split(' ')
    const label = next === '' || next === unit ? digits : `${digits} ${next}`
    unit = next
    return label
  })
}

/** One edge with its unit, of seconds exactly as configured: `2.5 ms`, `10 s`. */
function toEdge(bound: number, of: Unit): string {
  if (bound === Number.POSITIVE_INFINITY) return '∞'
  if (of !== 'seconds') return toAxisLabel(bound, of)
  return bound < 1 ? `${Number((bound * 1000).toPrecision(9))} ms` : `${bound} s`
}

/** `5 ms to 10 ms`, `up to 1 ms`, `over 10 s`. */
export function toBucketName({ lower, upper }: Bucket, of: Unit = 'seconds'): string {
  if (upper === Number.POSITIVE_INFINITY) return `over ${toEdge(lower, of)}`
  return lower === 0 ? `up to ${toEdge(upper, of)}` : `${toEdge(lower, of)} to ${toEdge(upper, of)}`
}

function parseBound(le: string | undefined): number {
  if (le === '+Inf') return Number.POSITIVE_INFINITY
  return le === undefined || le === '' ? Number.NaN : Number(le)
}
