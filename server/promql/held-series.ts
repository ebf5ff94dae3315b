// Instant queries of a source that can tell single samples: they read no more than they need.
import type { WindowEnds } from '../storage/selection'
import type { Series } from '../storage/series'
import type { Call, VectorSelector } from './ast'
import { argument, unwrapParens } from './ast'
import type { NewColumn } from './columns'
import type { Evaluation, Windows } from './evaluation'
import { FlatVector, flatArrays, forEachRow } from './flat-vector'
import { areOneCounter, withoutNames } from './rows'
import { shiftedTimes, windowsOf, withoutStale } from './selectors'
import type { WindowedSpec } from './windows'
import { beginWalk, slide } from './windows'

/** Its two ends, and what is made of them. */
const SAMPLES_OF_WINDOW = 3

/** As `selectInstant`, for one step; undefined where the source can't tell single samples. */
export async function selectNewest(selector: VectorSelector, evaluation: Evaluation): Promise<FlatVector | undefined> {
  const { budget, lookbackMs, source, steps } = evaluation
  if (steps.count !== 1 || !source.held || selector.edges === 'smoothed') return undefined
  const selection = await budget.finish(source.held(selector.matchers))
  const [atMs = 0] = shiftedTimes(selector, evaluation)
  const { present, values } = flatArrays(selection.rows.length, budget)
  await forEachRow(selection.rows, budget, (row) => {
    const value = selection.newestBetween(row, atMs - lookbackMs, atMs)
    if (value === undefined) return
    values[row] = value
    present[row] = 1
    budget.spend(1)
  })
  return new FlatVector(selection.rows, values, present)
}

/**
 * As `overWindows` for a function that can do with the ends of a window where the counter is steady; where it isn't, the
 * samples are read. Undefined for what isn't one counter's, and where the source can't tell single samples.
 */
export async function overSteadyWindows(
  spec: WindowedSpec,
  call: Call,
  evaluation: Evaluation,
): Promise<FlatVector | undefined> {
  const { budget, source } = evaluation
  const { ofSteady } = spec
  const range = ofSteady && evaluation.steps.count === 1 ? unwrapParens(argument(call, 0)) : undefined
  if (!ofSteady || range?.kind !== 'matrixSelector' || range.selector.edges || !source.held) return undefined
  const selection = await budget.finish(source.held(range.selector.matchers))
  if (!areOneCounter(selection.rows)) return undefined

  const windows = windowsOf(range.rangeNs, shiftedTimes(range.selector, evaluation))
  const [endMs = 0] = windows.endsMs
  const afterMs = endMs - windows.rangeMs
  const { present, values } = flatArrays(selection.rows.length, budget)
  const lookAt = selection.windowEnds(afterMs, endMs)
  const ends: WindowEnds = { isSteady: false, count: 0, firstMs: 0, first: 0, lastMs: 0, last: 0 }
  await forEachRow(selection.rows, budget, (row) => {
    lookAt(row, ends)
    if (!ends.isSteady) {
      const column = overSamples(selection.samples(row, afterMs, endMs), windows, spec, evaluation)
      values[row] = column.values[0] ?? 0
      present[row] = column.present[0] ?? 0
      return
    }
    if (ends.count < spec.minSamples) return
    values[row] = ofSteady(ends, endMs, windows)
    present[row] = 1
    budget.spend(SAMPLES_OF_WINDOW)
  })
  return new FlatVector(await withoutNames(selection.rows, budget), values, present)
}

function overSamples(
  series: Series | undefined,
  windows: Windows,
  { begin, minSamples }: WindowedSpec,
  evaluation: Evaluation,
): NewColumn {
  const column = { labels: {}, values: new Float64Array(1), present: new Uint8Array(1) }
  if (series === undefined) return column
  const run = withoutStale(series)
  evaluation.budget.spend(run.values.length)
  const walk = beginWalk()
  // One step is one window.
  slide(run, windows, minSamples, begin(run, windows, [], evaluation), column, walk)
  evaluation.budget.spend(walk.made)
  return column
}
