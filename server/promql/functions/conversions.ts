// Between scalars and vectors.
import type { Call } from '../ast'
import { argument } from '../ast'
import { fullColumn } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'

/** A scalar as the only element of a vector, without labels. */
export async function vector(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  return { type: 'vector', columns: [fullColumn({}, await evaluation.scalar(argument(call, 0)))] }
}

/** The value of the only element of a vector; NaN at steps where it has none or several. */
export async function scalar(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const values = new Float64Array(evaluation.steps.count).fill(Number.NaN)
  const seen = new Uint32Array(evaluation.steps.count)
  for (const column of await evaluation.vector(argument(call, 0))) {
    for (const [step, flag] of column.present.entries()) {
      if (flag !== 1) continue
      const count = (seen[step] ?? 0) + 1
      seen[step] = count
      values[step] = count === 1 ? (column.values[step] ?? 0) : Number.NaN
    }
  }
  return { type: 'scalar', values }
}

export async function pi(_: Call, { steps }: Evaluation): Promise<Evaluated> {
  return { type: 'scalar', values: new Float64Array(steps.count).fill(Math.PI) }
}
