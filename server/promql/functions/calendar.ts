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
  return { type: 'vector', columns: await dropNames(await mapValues(columns, seconds, evaluation), evaluation.budget) }
}

/** A function of a date, and of the number of calendar cycles before it; without an argument, of the step. */
export function datePart(partOf: (date: Date, cycles: number) => number): FunctionSpec {
  const evaluate = async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const [arg] = call.args
    const now = () => [
      fullColumn(
        {},
        stepTimes(evaluation.steps).map((ms) => ms / 1000),
      ),
    ]
    const columns = arg ? await evaluation.vector(arg) : now()
    const part = (seconds: number) => partOfSeconds(seconds, partOf)
    return { type: 'vector', columns: await dropNames(await mapValues(columns, part, evaluation), evaluation.budget) }
  }
  return { args: ['vector'], variadic: 1, returns: 'vector', evaluate }
}

/** The calendar repeats after 400 years, which lets it reach farther than JavaScript's dates do. */
const cycleSeconds = 146_097 * 86_400

/** What is no 64-bit number of seconds becomes the end of time, as it does in Go on usual machines. */
function partOfSeconds(seconds: number, partOf: (date: Date, cycles: number) => number): number {
  const whole = Math.abs(seconds) < 2 ** 63 ? Math.trunc(seconds) : 2 ** 63
  const rest = ((whole % cycleSeconds) + cycleSeconds) % cycleSeconds
  return partOf(new Date(rest * 1000), (whole - rest) / cycleSeconds)
}

export function year(date: Date, cycles: number): number {
  return date.getUTCFullYear() + 400 * cycles
}

export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
}

export function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}
