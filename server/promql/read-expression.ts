// Expressions that come again, as those of an open dashboard do at every tick, are read once.
import type { Expr } from './ast'
import { parseExpr } from './parse'
import { stepInvariantParts } from './step-invariant'

/** `stepInvariant` are the parts that are evaluated once for all steps. */
export type ReadExpression = { expr: Expr; stepInvariant: ReadonlySet<Expr> }

const MAX_KNOWN = 500
const MAX_LENGTH = 4_000

const known = new Map<string, ReadExpression>()

/** Throws as `parseExpr` does. */
export function readExpression(text: string): ReadExpression {
  const found = known.get(text)
  if (found) return found
  const expr = parseExpr(text)
  const read = { expr, stepInvariant: stepInvariantParts(expr) }
  if (known.size >= MAX_KNOWN) known.clear()
  if (text.length <= MAX_LENGTH) known.set(text, read)
  return read
}
