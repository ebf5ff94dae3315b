// Parts of an expression that `@` has fixed in time: they are evaluated once, and hold for every step.
import type { Expr } from './ast'
import type { Budget } from './budget'
import type { Column, Values } from './columns'
import { columnBytes } from './columns'
import type { Evaluated } from './evaluation'
import { columnsIn } from './flat-vector'

/** Functions that look at the step itself, whatever their arguments. */
const ofTheStep = new Set([
  ...['time', 'timestamp', 'predict_linear'],
  ...['day_of_month', 'day_of_week', 'day_of_year', 'days_in_month', 'hour', 'minute', 'month', 'year'],
])

/** Those parts of `expr`: the largest ones, and the largest ones within a subquery, but no literals. */
export function stepInvariantParts(expr: Expr): ReadonlySet<Expr> {
  const parts = new Set<Expr>()
  addIfInvariant(expr, visit(expr, parts), parts)
  return parts
}

/** Whether `expr` itself is such a part. What is part of it is added where it is not. */
function visit(expr: Expr, parts: Set<Expr>): boolean {
  const children = childrenOf(expr)
  const areInvariant = children.map((child) => visit(child, parts))
  if (isFixed(expr) && areInvariant.every(Boolean)) return true
  for (const [i, child] of children.entries()) addIfInvariant(child, areInvariant[i] === true, parts)
  return expr.kind === 'subquery' && expr.at !== undefined
}

function addIfInvariant(expr: Expr, isInvariant: boolean, parts: Set<Expr>): void {
  if (isInvariant && expr.kind !== 'number' && expr.kind !== 'string') parts.add(expr)
}

function isFixed(expr: Expr): boolean {
  switch (expr.kind) {
    case 'vectorSelector':
      return expr.at !== undefined
    case 'matrixSelector':
      return expr.selector.at !== undefined
    case 'subquery':
      return expr.at !== undefined
    case 'call':
      return !ofTheStep.has(expr.name)
    default:
      return true
  }
}

function childrenOf(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'paren':
    case 'unary':
    case 'subquery':
      return [expr.expr]
    case 'aggregate':
      return expr.param ? [expr.param, expr.expr] : [expr.expr]
    case 'binary':
      return [expr.lhs, expr.rhs]
    case 'call':
      return expr.args
    default:
      return []
  }
}

/** A value of one step, for `count` of them. */
export async function repeat(evaluated: Evaluated, count: number, budget: Budget): Promise<Evaluated> {
  if (evaluated.type === 'string') return evaluated
  if (evaluated.type === 'scalar') return { type: 'scalar', values: filled(evaluated.values, count) }
  const columns: Column[] = []
  for (const { labels, present, values } of await columnsIn(evaluated, budget)) {
    if (budget.isDue) await budget.pause()
    budget.holdColumns(columnBytes(1, count))
    columns.push({ labels, values: filled(values, count), present: new Uint8Array(count).fill(present[0] ?? 0) })
  }
  return { type: 'vector', columns }
}

function filled(values: Values, count: number): Float64Array {
  return new Float64Array(count).fill(values[0] ?? 0)
}
