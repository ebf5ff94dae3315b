// Between scalars and vectors.
import type { Call } from '../ast'
import { argument } from '../ast'
import { columnBytes, fullColumn } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'

/** A scalar as the only element of a vector, without labels. */
export async function vector(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  return { type: 'vector', columns: [fullColumn({}, await evaluation.scalar(argument(call, 0)))] }
}

/** The value of the only element of a vector; NaN at steps where it has none or several. */
export async function scalar(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const { budget, steps } = evaluation
  const columns = await evaluation.vector(argument(call, 0))
  budget.holdColumns(columnBytes(1, steps.count))
  const values = new Float64Array(steps.count).fill(Number.NaN)
  const seen = new Uint32Array(steps.count)
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    for (let step = 0; step < steps.count; step++) {
      if (column.present[step] !== 1) continue
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
