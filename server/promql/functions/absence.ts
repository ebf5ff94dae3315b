// absent and absent_over_time: 1 where there is nothing, with the labels that the selector asked for.
import type { Labels } from '../../exposition/snapshot'
import type { Call, Expr } from '../ast'
import { argument, unwrapParens } from '../ast'
import type { Column } from '../columns'
import { emptyColumn, isPresent } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { nameLabel, withLabel } from '../labels'
import { overWindows } from '../windows'
import { presentOverTime } from './over-time'

export async function absent(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  return absence(await evaluation.vector(argument(call, 0)), call, evaluation)
}

export async function absentOverTime(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  return absence(await overWindows({ ...presentOverTime, keepsName: true }, call, evaluation), call, evaluation)
}

async function absence(columns: readonly Column[], call: Call, { budget, steps }: Evaluation): Promise<Evaluated> {
  const column = emptyColumn(labelsAskedFor(argument(call, 0)), steps.count, budget)
  column.values.fill(1)
  column.present.fill(1)
  for (const { present } of columns) {
    if (budget.isDue) await budget.pause()
    for (let step = 0; step < present.length; step++) if (present[step] === 1) column.present[step] = 0
  }
  return { type: 'vector', columns: [column].filter(isPresent) }
}

/** The labels that a selector fixes with `=`, each by one matcher only; none for anything else. */
function labelsAskedFor(expr: Expr): Labels {
  const arg = unwrapParens(expr)
  const selector = arg.kind === 'matrixSelector' ? arg.selector : arg
  if (selector.kind !== 'vectorSelector') return {}
  const seen = new Set<string>()
  let labels: Labels = {}
  for (const { name, op, value } of selector.matchers) {
    if (name === nameLabel) continue
    const isFixed = op === '=' && !seen.has(name)
    labels = withLabel(labels, name, isFixed ? value : '')
    if (isFixed) seen.add(name)
  }
  return labels
}
