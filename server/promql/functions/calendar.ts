// Time: of the step, of a sample, and the parts of a date in UTC.
import type { Call } from '../ast'
import { argument, unwrapParens } from '../ast'
import { dropNames, fullColumn, stepTimes } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { selectInstant } from '../selectors'
import type { FunctionSpec } from './function-spec'
import { mapValues } from './function-spec'

/** The step in seconds. */
export async function time(_: Call, { steps }: Evaluation): Promise<Evaluated> {
  return { type: 'scalar', values: stepTimes(steps).map((ms) => ms / 1000) }
}

/** The time of each sample of a selector in seconds; of anything else, the step's. */
export async function timestamp(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const arg = unwrapParens(argument(call, 0))
  const isSelector = arg.kind === 'vectorSelector'
  const columns = isSelector ? await selectInstant(arg, evaluation, 'sampleTimes') : await evaluation.vector(arg)
  const times = stepTimes(evaluation.steps)
  const seconds = (value: number, step: number) => (isSelector ? value : (times[step] ?? 0)) / 1000
  return { type: 'vector', columns: dropNames(await mapValues(columns, seconds, evaluation)) }
}

/** A function of a date; without an argument, of the step. */
export function datePart(partOf: (date: Date) => number): FunctionSpec {
  const part = (seconds: number) => partOf(new Date(Math.trunc(seconds) * 1000))
  const evaluate = async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const [arg] = call.args
    const columns = arg
      ? await evaluation.vector(arg)
      : [
          fullColumn(
            {},
            stepTimes(evaluation.steps).map((ms) => ms / 1000),
          ),
        ]
    return { type: 'vector', columns: dropNames(await mapValues(columns, part, evaluation)) }
  }
  return { args: ['vector'], variadic: 1, returns: 'vector', evaluate }
}

export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
}

export function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}
