// Functions over windows: each series is walked once, and its window moves two indices from step to step.

import { labelValue } from '../storage/matcher'
import type { WindowEnds } from '../storage/selection'
import type { Call, Edges, Expr } from './ast'
import { argument } from './ast'
import type { Column, NewColumn, Values } from './columns'
import { ColumnMaker, dropNames, mergeEqual } from './columns'
import type { Evaluation, SampleRun, Windows } from './evaluation'
import type { ExtendedWindow } from './extended'
import { extendedWindows } from './extended'
import { quoteText } from './go-quote'
import { nameLabel } from './labels'
import { PromqlError } from './promql-error'
import { isCounterName } from './rows'

/** What a function may look at in microseconds, or a few milliseconds where it sorts them. */
const manySamples = 10_000

/** The value of one window, whose samples are run.values[lo] to run.values[hi - 1]. */
export type WindowFunction = (lo: number, hi: number, step: number) => number

/**
 * A function that is asked for each window of a series that has `minSamples` or more. `begin` is called once for each
 * series; `scalars` are the values of the other arguments, in order.
 */
export type WindowedSpec = {
  minSamples: number
  begin(run: SampleRun, windows: Windows, scalars: Values[], evaluation: Evaluation): WindowFunction
  keepsName?: true
  /** The value of a window in which a counter is never reset, told by its ends alone. */
  ofSteady?: (ends: WindowEnds, endMs: number, windows: Windows) => number
  /** The value of a window that reaches to its edges, for functions that may be asked for it. */
  extended?: Partial<Record<Edges, ExtendedFunction>>
  /** Remarks on series whose names say that they are no counters. */
  wantsCounter?: true
}

export type ExtendedFunction = (run: SampleRun, window: ExtendedWindow, windows: Windows) => number

/** Evaluates a call whose argument number `rangeArg` is a range vector and whose others are scalars. */
export async function overWindows(
  spec: WindowedSpec,
  call: Call,
  evaluation: Evaluation,
  rangeArg = 0,
): Promise<readonly Column[]> {
  const { edges, runs, windows } = await evaluation.rangeVector(argument(call, rangeArg))
  const extended = edges && extendedFunction(spec, call, edges)
  const others = call.args.filter((_, i) => i !== rangeArg)
  const scalars: Values[] = []
  for (const arg of others) scalars.push(await evaluation.scalar(arg))
  const { budget, steps } = evaluation
  const columns: Column[] = []
  const maker = new ColumnMaker(steps.count, budget)
  for (const run of runs) {
    if (budget.isDue) await budget.pause()
    const column = maker.next(run.labels)
    const walk = beginWalk()
    if (extended) {
      const next = extendedWindows(run, windows, extended.edges, evaluation.lookbackMs)
      while (!slideExtended(run, windows, next, extended.valueAt, column, walk)) if (budget.isDue) await budget.pause()
    } else {
      const at = spec.begin(run, windows, scalars, evaluation)
      while (!slide(run, windows, spec.minSamples, at, column, walk)) if (budget.isDue) await budget.pause()
    }
    const { made } = walk
    budget.spend(made)
    if (made === 0) continue
    columns.push(column)
    if (spec.wantsCounter) annotateNonCounter(run, argument(call, rangeArg), evaluation)
  }
  return spec.keepsName ? mergeEqual(columns, budget) : dropNames(columns, budget)
}

/** Throws PromqlError for a function that must not be asked so. */
function extendedFunction({ extended }: WindowedSpec, { from, name, to }: Call, edges: Edges) {
  const valueAt = extended?.[edges]
  if (valueAt) return { edges, valueAt }
  const message = `${edges} modifier can only be used with: ${EXTENDED_FUNCTIONS[edges]} - not with ${name}`
  throw new PromqlError(message, from, to)
}

const EXTENDED_FUNCTIONS: Readonly<Record<Edges, string>> = {
  anchored: 'changes, delta, increase, rate, resets',
  smoothed: 'delta, increase, rate',
}

function annotateNonCounter({ labels }: SampleRun, arg: Expr, evaluation: Evaluation): void {
  const name = labelValue(labels, nameLabel)
  if (isCounterName(name)) return
  const message = 'metric might not be a counter, name does not end in _total/_sum/_count/_bucket'
  // By then Prometheus has replaced a subquery, and has lost its place.
  const at = arg.kind === 'subquery' ? { from: 0, to: 0 } : arg
  evaluation.annotate('info', `PromQL info: ${message}: ${quoteText(name)}`, at)
}

/** How far the windows of a run have been walked, and how many values that made. */
export type Walk = { step: number; lo: number; hi: number; made: number }

export function beginWalk(): Walk {
  return { step: 0, lo: 0, hi: 0, made: 0 }
}

/** Asks for the value of window after window of the run, until it took many samples. Returns whether it was the last. */
export function slide(
  run: SampleRun,
  windows: Windows,
  minSamples: number,
  at: WindowFunction,
  into: NewColumn,
  walk: Walk,
): boolean {
  const { timesMs } = run
  const { endsMs, rangeMs } = windows
  let { hi, lo, made, step } = walk
  let taken = 0
  for (; step < endsMs.length && taken < manySamples; step++) {
    const endMs = endsMs[step] ?? 0
    while (hi < timesMs.length && (timesMs[hi] ?? 0) <= endMs) hi++
    while (lo < hi && (timesMs[lo] ?? 0) <= endMs - rangeMs) lo++
    if (hi - lo < minSamples) continue
    into.values[step] = at(lo, hi, step)
    into.present[step] = 1
    made++
    taken += hi - lo
  }
  walk.step = step
  walk.lo = lo
  walk.hi = hi
  walk.made = made
  return step === endsMs.length
}

/** As `slide`, for windows that reach to their edges. */
function slideExtended(
  run: SampleRun,
  windows: Windows,
  next: (step: number) => ExtendedWindow | undefined,
  valueAt: ExtendedFunction,
  into: NewColumn,
  walk: Walk,
): boolean {
  const { length } = windows.endsMs
  let taken = 0
  for (; walk.step < length && taken < manySamples; walk.step++) {
    const window = next(walk.step)
    if (!window) continue
    into.values[walk.step] = valueAt(run, window, windows)
    into.present[walk.step] = 1
    walk.made++
    taken += window.last - window.first + 1
  }
  return walk.step === length
}
