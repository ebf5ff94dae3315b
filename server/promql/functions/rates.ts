// How fast a series moves: rate, increase, delta, and their relatives that look at the last two samples only.
import type { WindowEnds } from '../../storage/selection'
import type { Edges } from '../ast'
import type { SampleRun, Windows } from '../evaluation'
import { leftEdge, lostAtResets, rightEdge } from '../extended'
import type { ExtendedFunction, WindowedSpec, WindowFunction } from '../windows'

/** Per second, for counters. */
export const rate = extrapolated({ isCounter: true, isRate: true })
/** Over the whole window, for counters. */
export const increase = extrapolated({ isCounter: true, isRate: false })
/** Over the whole window, for gauges. */
export const delta = extrapolated({ isCounter: false, isRate: false })
/** Per second between the last two samples, for counters. */
export const irate = lastTwo({ isRate: true })
/** Between the last two samples, for gauges. */
export const idelta = lastTwo({ isRate: false })

/**
 * Prometheus's extrapolatedRate: the difference of the window's last and first sample, plus for counters what was lost
 * at each reset, stretched to the window's edges.
 */
function extrapolated(kind: Kind): WindowedSpec {
  const { isCounter } = kind
  const begin = (run: SampleRun, windows: Windows): WindowFunction => {
    const { timesMs, values } = run
    const resets = isCounter ? resetIndexes(values) : []
    let nextReset = 0
    return (lo, hi, step) => {
      const first = values[lo] ?? 0
      let difference = (values[hi - 1] ?? 0) - first
      while ((resets[nextReset] ?? hi) <= lo) nextReset++
      for (let i = nextReset; (resets[i] ?? hi) < hi; i++) difference += values[(resets[i] ?? 0) - 1] ?? 0
      const ends = { count: hi - lo, first, firstMs: timesMs[lo] ?? 0, lastMs: timesMs[hi - 1] ?? 0 }
      return stretch(difference, ends, windows.endsMs[step] ?? 0, windows, kind)
    }
  }
  const extended = { anchored: reaching(kind, 'anchored'), smoothed: reaching(kind, 'smoothed') }
  if (!isCounter) return { minSamples: 2, begin, extended }
  const ofSteady: WindowedSpec['ofSteady'] = (ends, endMs, windows) =>
    stretch(ends.last - ends.first, ends, endMs, windows, kind)
  return { minSamples: 2, begin, wantsCounter: true, ofSteady, extended }
}

/** From edge to edge, with nothing to stretch. */
function reaching({ isCounter, isRate }: Kind, edges: Edges): ExtendedFunction {
  return (run, window, { rangeSeconds }) => {
    const left = leftEdge(run, window, edges, isCounter)
    const right = rightEdge(run, window, edges, isCounter)
    const lost = isCounter ? lostAtResets(run, window, left, right) : 0
    const difference = right - left + lost
    return isRate ? difference / rangeSeconds : difference
  }
}

type Kind = { isCounter: boolean; isRate: boolean }
type Ends = Pick<WindowEnds, 'count' | 'first' | 'firstMs' | 'lastMs'>

/**
 * It is stretched to an edge only if the nearest sample is within 1.1 of the mean gap between samples, else by half such
 * a gap; and for counters never to before their zero.
 */
function stretch(
  difference: number,
  { count, first, firstMs, lastMs }: Ends,
  endMs: number,
  { rangeMs, rangeSeconds }: Windows,
  { isCounter, isRate }: Kind,
): number {
  const sampled = (lastMs - firstMs) / 1000
  const meanGap = sampled / (count - 1)
  const limit = meanGap * 1.1
  let toStart = (firstMs - (endMs - rangeMs)) / 1000
  let toEnd = (endMs - lastMs) / 1000
  if (toStart >= limit) toStart = meanGap / 2
  if (isCounter && difference > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / difference))
  if (toEnd >= limit) toEnd = meanGap / 2
  const factor = (sampled + toStart + toEnd) / sampled
  return difference * (isRate ? factor / rangeSeconds : factor)
}

/** Where a counter stands lower than before. */
function resetIndexes(values: Float64Array): number[] {
  const indexes: number[] = []
  for (let i = 1; i < values.length; i++) {
    if ((values[i] ?? 0) < (values[i - 1] ?? 0)) indexes.push(i)
  }
  return indexes
}

function lastTwo({ isRate }: { isRate: boolean }): WindowedSpec {
  const begin = ({ timesMs, values }: SampleRun): WindowFunction => {
    return (_, hi) => {
      const last = values[hi - 1] ?? 0
      const previous = values[hi - 2] ?? 0
      const isReset = isRate && last < previous
      const difference = isReset ? last : last - previous
      return isRate ? difference / (((timesMs[hi - 1] ?? 0) - (timesMs[hi - 2] ?? 0)) / 1000) : difference
    }
  }
  return { minSamples: 2, begin }
}
