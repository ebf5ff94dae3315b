// Functions that bound or round each value, by arguments that may differ from step to step.
import type { Call } from '../ast'
import { argument } from '../ast'
import type { Column } from '../columns'
import { columnBytes, dropNames, isPresent } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { goMax, goMin } from '../go-math/extremes'
import { mapValues } from './function-spec'

/** Nothing comes of a step where the lower bound is above the upper one. */
export async function clamp(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const columns = await evaluation.vector(argument(call, 0))
  const lows = await evaluation.scalar(argument(call, 1))
  const highs = await evaluation.scalar(argument(call, 2))
  const clamped = (value: number, step: number) => goMax(lows[step] ?? 0, goMin(highs[step] ?? 0, value))
  const possible = (mark: number, step: number) => ((lows[step] ?? 0) > (highs[step] ?? 0) ? 0 : mark)
  const all = await mapValues(columns, clamped, evaluation)
  const { budget } = evaluation
  const kept: Column[] = []
  for (const column of all) {
    if (budget.isDue) await budget.pause()
    budget.holdColumns(columnBytes(1, column.present.length))
    const bounded = { ...column, present: column.present.map(possible) }
    if (isPresent(bounded)) kept.push(bounded)
  }
  return { type: 'vector', columns: await dropNames(kept, budget) }
}

export const clampMax = bounded(goMin)
export const clampMin = bounded(goMax)

function bounded(pick: (bound: number, value: number) => number) {
  return async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const columns = await evaluation.vector(argument(call, 0))
    const bounds = await evaluation.scalar(argument(call, 1))
    const picked = (value: number, step: number) => pick(bounds[step] ?? 0, value)
    return { type: 'vector', columns: await dropNames(await mapValues(columns, picked, evaluation), evaluation.budget) }
  }
}

/** To the nearest multiple, ties up. It multiplies by the inverse, as Prometheus does, which decides the last digits. */
export async function round(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const columns = await evaluation.vector(argument(call, 0))
  const multiples = call.args.length > 1 ? await evaluation.scalar(argument(call, 1)) : undefined
  const rounded = (value: number, step: number) => {
    const inverse = 1 / (multiples?.[step] ?? 1)
    return Math.floor(value * inverse + 0.5) / inverse
  }
  return { type: 'vector', columns: await dropNames(await mapValues(columns, rounded, evaluation), evaluation.budget) }
}
