// What the table of functions says of each, and the shapes that many of them share.
import type { Call, ValueType } from '../ast'
import { argument } from '../ast'
import type { Column } from '../columns'
import { columnBytes, dropNames } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { overSteadyWindows } from '../held-series'
import type { WindowedSpec } from '../windows'
import { overWindows } from '../windows'

/**
 * `args` are the types wanted, in order. With `variadic` 0 all of them must be given; else the last may be left out, or
 * given up to `variadic` times, or, with -1, any number of times.
 */
export type FunctionSpec = {
  args: ValueType[]
  variadic: number
  returns: ValueType
  /** Only with the feature flag for such functions. */
  isExperimental?: boolean
  evaluate(call: Call, evaluation: Evaluation): Promise<Evaluated>
}

/** A function of a range vector, asked window by window. */
export function windowed(spec: WindowedSpec, args: ValueType[] = ['matrix']): FunctionSpec {
  const rangeArg = args.indexOf('matrix')
  const evaluate = async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const steady = await overSteadyWindows(spec, call, evaluation)
    return steady ?? { type: 'vector', columns: await overWindows(spec, call, evaluation, rangeArg) }
  }
  return { args, variadic: 0, returns: 'vector', evaluate }
}

/** A function of each value of an instant vector by itself. */
export function elementwise(valueAt: (value: number) => number): FunctionSpec {
  const evaluate = async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const columns = await evaluation.vector(argument(call, 0))
    return {
      type: 'vector',
      columns: await dropNames(await mapValues(columns, valueAt, evaluation), evaluation.budget),
    }
  }
  return { args: ['vector'], variadic: 0, returns: 'vector', evaluate }
}

/** The columns with other values. */
export async function mapValues(
  columns: readonly Column[],
  valueAt: (value: number, step: number) => number,
  { budget }: Evaluation,
): Promise<readonly Column[]> {
  const mapped: Column[] = []
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    budget.holdColumns(columnBytes(1, column.values.length))
    mapped.push({ ...column, values: column.values.map(valueAt) })
  }
  return mapped
}
