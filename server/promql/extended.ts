// Windows that reach to their edges, as the modifiers `anchored` and `smoothed` have them: what stands at an edge is the
// sample before it, or a point on the line between the samples on both sides of it.
import type { Edges } from './ast'
import type { SampleRun, Windows } from './evaluation'

/** Samples are sought this much farther than the window: before it, and for a line after it as well. */
export function reachOf(edges: Edges | undefined, lookbackMs: number): { beforeMs: number; afterMs: number } {
  if (edges === undefined) return { beforeMs: 0, afterMs: 0 }
  return { beforeMs: lookbackMs, afterMs: edges === 'smoothed' ? lookbackMs : 0 }
}

/** One window of a run: the samples `first` to `last` decide about it, of which the outer ones may lie outside. */
export type ExtendedWindow = { first: number; last: number; startMs: number; endMs: number }

/** Finds window after window of one run: their ends must not go back. */
export function extendedWindows({ timesMs }: SampleRun, windows: Windows, edges: Edges, lookbackMs: number) {
  let [oldest, before, after] = [0, -1, 0]
  const timeOf = (i: number) => timesMs[i] ?? 0
  /** Undefined where no sample lies within, nor on both sides. */
  return (step: number): ExtendedWindow | undefined => {
    const endMs = windows.endsMs[step] ?? 0
    const startMs = endMs - windows.rangeMs
    const { afterMs } = reachOf(edges, lookbackMs)
    while (oldest < timesMs.length && timeOf(oldest) <= startMs - lookbackMs) oldest++
    while (before + 1 < timesMs.length && timeOf(before + 1) <= startMs) before++
    // The first sample that is not before the end.
    while (after < timesMs.length && timeOf(after) < endMs) after++
    const first = Math.max(before, oldest)
    const isLastWithin = after < timesMs.length && timeOf(after) <= endMs + (edges === 'smoothed' ? afterMs : 0)
    const last = isLastWithin ? after : after - 1
    if (first > last || first >= timesMs.length || timeOf(last) <= startMs || timeOf(first) > endMs) return undefined
    return { first, last, startMs, endMs }
  }
}

/** The value at the window's start. */
export function leftEdge(run: SampleRun, { first, last, startMs }: ExtendedWindow, edges: Edges, isCounter: boolean) {
  const value = run.values[first] ?? 0
  if (edges === 'anchored' || first === last || (run.timesMs[first] ?? 0) >= startMs) return value
  return between(run, first, startMs, isCounter ? 'afterReset' : 'plain')
}

/** The value at the window's end. */
export function rightEdge(run: SampleRun, window: ExtendedWindow, edges: Edges, isCounter: boolean): number {
  const { endMs, first, last, startMs } = window
  const value = run.values[last] ?? 0
  if (edges === 'anchored' || first === last || (run.timesMs[last] ?? 0) <= endMs) return value
  // With both edges in one gap, the left one has been told after the reset as well.
  const isOneGap = last - first === 1 && (run.timesMs[first] ?? 0) < startMs
  return between(run, last - 1, endMs, isCounter ? (isOneGap ? 'afterReset' : 'beyondReset') : 'plain')
}

/**
 * On the line between the samples `i` and `i + 1`. Where a counter was reset between them, it began anew right after the
 * first: it is told from there on, or on top of what it had come to.
 */
export function between(
  { timesMs, values }: SampleRun,
  i: number,
  atMs: number,
  how: 'plain' | 'afterReset' | 'beyondReset',
): number {
  let [from, to] = [values[i] ?? 0, values[i + 1] ?? 0]
  if (to < from && how === 'afterReset') from = 0
  if (to < from && how === 'beyondReset') to += from
  const [fromMs, toMs] = [timesMs[i] ?? 0, timesMs[i + 1] ?? 0]
  return from + ((to - from) * (atMs - fromMs)) / (toMs - fromMs)
}

/** What a counter lost at resets from the left edge to the right one, over the samples between them. */
export function lostAtResets(
  run: SampleRun,
  { endMs, first, last, startMs }: ExtendedWindow,
  left: number,
  right: number,
) {
  let lost = 0
  let previous = left
  for (let i = first; i <= last; i++) {
    const tMs = run.timesMs[i] ?? 0
    if (tMs <= startMs || tMs >= endMs) continue
    const value = run.values[i] ?? 0
    if (value < previous) lost += previous
    previous = value
  }
  return right < previous ? lost + previous : lost
}

/** The window as a range vector shows it: with a sample at each of its edges. */
export function extendedRun(run: SampleRun, window: ExtendedWindow, edges: Edges): SampleRun {
  const { endMs, first, last, startMs } = window
  const [timesMs, values] = [[startMs], [leftEdge(run, window, edges, false)]]
  for (let i = first; i <= last; i++) {
    const tMs = run.timesMs[i] ?? 0
    if (tMs <= startMs || tMs >= endMs) continue
    timesMs.push(tMs)
    values.push(run.values[i] ?? 0)
  }
  timesMs.push(endMs)
  values.push(rightEdge(run, window, edges, false))
  return { labels: run.labels, timesMs: Float64Array.from(timesMs), values: Float64Array.from(values) }
}
