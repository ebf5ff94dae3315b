// Numbers that are the query's own: its start, end, range and step in seconds; and the smaller or larger of two numbers.
import type { Call } from '../ast'
import { argument } from '../ast'
import { columnBytes } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { goMax, goMin } from '../go-math/extremes'

export const queryStart = ofQuery(({ queryStartMs }) => queryStartMs)
export const queryEnd = ofQuery(({ queryEndMs }) => queryEndMs)
export const queryRange = ofQuery(({ queryEndMs, queryStartMs }) => queryEndMs - queryStartMs)
/** 0 for an instant query. */
export const queryStep = ofQuery(({ queryStepMs }) => queryStepMs)
export const minOf = ofTwo(goMin)
export const maxOf = ofTwo(goMax)

/** When each sample began to be counted: nothing of that is stored, and so there is no result. */
export async function startTimestamp(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  await evaluation.vector(argument(call, 0))
  return { type: 'vector', columns: [] }
}

function ofQuery(msOf: (evaluation: Evaluation) => number) {
  return async (_: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const { budget, steps } = evaluation
    budget.holdColumns(columnBytes(1, steps.count))
    return { type: 'scalar', values: new Float64Array(steps.count).fill(msOf(evaluation) / 1000) }
  }
}

function ofTwo(pick: (a: number, b: number) => number) {
  return async (call: Call, evaluation: Evaluation): Promise<Evaluated> => {
    const first = await evaluation.scalar(argument(call, 0))
    const second = await evaluation.scalar(argument(call, 1))
    evaluation.budget.holdColumns(columnBytes(1, first.length))
    return { type: 'scalar', values: first.map((value, step) => pick(value, second[step] ?? 0)) }
  }
}
