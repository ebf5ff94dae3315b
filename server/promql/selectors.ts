// Selectors: the newest sample at each step, or the samples of a window.
import type { Series } from '../storage/series'
import type { MatrixSelector, TimeShift, VectorSelector } from './ast'
import type { Budget } from './budget'
import type { Column, NewColumn } from './columns'
import { ColumnMaker, columnBytes, stepTimes } from './columns'
import type { Evaluation, RangeVector, SampleRun, Windows } from './evaluation'
import { between, extendedRun, extendedWindows, reachOf } from './extended'
import { secondsOfNs } from './parse/parse-literal'
import { sortByLabels } from './sort-by-labels'

/**
 * For each step the newest sample in (t - lookback, t], unless it is a staleness marker. `want` may ask for the
 * samples' own times instead of their values.
 */
export async function selectInstant(
  selector: VectorSelector,
  evaluation: Evaluation,
  want: 'values' | 'sampleTimes' = 'values',
): Promise<Column[]> {
  const { budget, lookbackMs, source, steps } = evaluation
  const times = shiftedTimes(selector, evaluation)
  const [firstMs, lastMs] = ends(times)
  const isSmoothed = selector.edges === 'smoothed' && want === 'values'
  const untilMs = isSmoothed ? lastMs + lookbackMs : lastMs
  const columns: Column[] = []
  const maker = new ColumnMaker(steps.count, budget)
  for (const series of await budget.finish(source.select(selector.matchers, firstMs - lookbackMs, untilMs))) {
    if (budget.isDue) await budget.pause()
    const column = maker.next(series.labels)
    const from = want === 'values' ? series.values : series.timestampsMs
    const valueAt = isSmoothed ? smoothed(series, lookbackMs) : undefined
    const picked = pickNewest(series, times, lookbackMs, column, from, valueAt)
    budget.spend(picked)
    if (picked > 0) columns.push(column)
  }
  return columns
}

/** The value at `atMs`, of which these are the newest sample and the one behind it, which may not be there. */
type ValueAt = (newest: number, next: number, atMs: number) => number

/** What is picked of the newest samples is in `from`, unless `valueAt` says otherwise. Answers how many steps have a value. */
function pickNewest(
  { stale, timestampsMs }: Series,
  times: Float64Array,
  lookbackMs: number,
  into: NewColumn,
  from: Float64Array,
  valueAt?: ValueAt,
): number {
  let next = 0
  let picked = 0
  for (let step = 0; step < times.length; step++) {
    const atMs = times[step] ?? 0
    while (next < timestampsMs.length && (timestampsMs[next] ?? 0) <= atMs) next++
    const newest = next - 1
    if (newest < 0 || (timestampsMs[newest] ?? 0) <= atMs - lookbackMs || stale?.[newest] === 1) continue
    into.values[step] = valueAt === undefined ? (from[newest] ?? 0) : valueAt(newest, next, atMs)
    into.present[step] = 1
    picked++
  }
  return picked
}

/**
 * On the line from the newest sample to the next one, which may be as far ahead as the newest is behind; the newest where
 * there is no next one. A series that has ended has no value.
 */
function smoothed({ labels, stale, timestampsMs, values }: Series, lookbackMs: number): ValueAt {
  const run = { labels, timesMs: timestampsMs, values }
  return (newest, next, atMs) => {
    const isThere = next < timestampsMs.length && stale?.[next] !== 1
    const hasNext = isThere && (timestampsMs[next] ?? 0) <= atMs + lookbackMs
    return hasNext ? between(run, newest, atMs, 'plain') : (values[newest] ?? 0)
  }
}

/** All samples that any of the windows holds, and where the windows lie. */
export async function selectRange(selector: MatrixSelector, evaluation: Evaluation): Promise<RangeVector> {
  const { budget, lookbackMs, source } = evaluation
  const { edges, matchers } = selector.selector
  const windows = windowsOf(selector.rangeNs, shiftedTimes(selector.selector, evaluation))
  const [firstMs, lastMs] = ends(windows.endsMs)
  const { afterMs, beforeMs } = reachOf(edges, lookbackMs)
  const fromMs = firstMs - windows.rangeMs - beforeMs
  const found = await budget.finish(source.select(matchers, fromMs, lastMs + afterMs))
  return { runs: readRuns(found, budget), windows, edges }
}

function* readRuns(found: Iterable<Series>, budget: Budget): Generator<SampleRun, void> {
  for (const series of found) {
    const run = withoutStale(series)
    budget.spend(run.values.length)
    if (run.values.length > 0) yield run
  }
}

export function windowsOf(rangeNs: number, endsMs: Float64Array): Windows {
  return { endsMs, rangeMs: Math.trunc(rangeNs / 1e6), rangeSeconds: secondsOfNs(rangeNs) }
}

/** The instants that a selector looks at, one for each step: moved by `offset`, or fixed by `@`. */
export function shiftedTimes({ at, offsetMs }: TimeShift, evaluation: Evaluation): Float64Array {
  const { steps } = evaluation
  if (at === undefined) return stepTimes({ ...steps, startMs: steps.startMs - offsetMs })
  const atMs = at === 'start' ? evaluation.queryStartMs : at === 'end' ? evaluation.queryEndMs : at
  return new Float64Array(steps.count).fill(atMs - offsetMs)
}

function ends(times: Float64Array): [firstMs: number, lastMs: number] {
  return [times[0] ?? 0, times.at(-1) ?? 0]
}

export function withoutStale({ labels, stale, timestampsMs, values }: Series): SampleRun {
  if (!stale?.includes(1)) return { labels, timesMs: timestampsMs, values }
  const isSample = (_: number, i: number) => stale[i] !== 1
  return { labels, timesMs: timestampsMs.filter(isSample), values: values.filter(isSample) }
}

/** The samples of a range vector in its first window, sorted by their labels: what an instant query answers. */
export async function runsAt(
  { edges, runs, windows }: RangeVector,
  lookbackMs: number,
  budget: Budget,
): Promise<SampleRun[]> {
  const endMs = windows.endsMs[0] ?? 0
  const found: SampleRun[] = []
  for (const run of runs) {
    if (budget.isDue) await budget.pause()
    if (edges) {
      const window = extendedWindows(run, windows, edges, lookbackMs)(0)
      if (!window) continue
      // A sample for each edge comes to those within.
      budget.holdColumns(columnBytes(1, 2 * (window.last - window.first + 3)))
      found.push(extendedRun(run, window, edges))
      continue
    }
    const { labels, timesMs, values } = run
    let lo = 0
    while (lo < timesMs.length && (timesMs[lo] ?? 0) <= endMs - windows.rangeMs) lo++
    let hi = timesMs.length
    while (hi > lo && (timesMs[hi - 1] ?? 0) > endMs) hi--
    if (lo === hi) continue
    budget.holdColumns(columnBytes(1, 2 * (hi - lo)))
    // Copies: the run's own arrays may be views of much more.
    found.push({ labels, timesMs: timesMs.slice(lo, hi), values: values.slice(lo, hi) })
  }
  return sortByLabels(found, budget)
}
