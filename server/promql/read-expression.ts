// Expressions that come again, as those of an open dashboard do at every tick, are read once.
import type { Expr } from './ast'
import { parseExpr } from './parse'
import { stepInvariantParts } from './step-invariant'

/** `stepInvariant` are the parts that are evaluated once for all steps. */
export type ReadExpression = { expr: Expr; stepInvariant: ReadonlySet<Expr> }

/** In characters, all together: each of them makes up to a hundred bytes. */
const MAX_KNOWN_LENGTH = 100_000
const MAX_LENGTH = 4_000

const known = new Map<string, ReadExpression>()
let knownLength = 0

/** Throws as `parseExpr` does. */
export function readExpression(text: string): ReadExpression {
  const found = known.get(text)
  if (found) return found
  const expr = parseExpr(text)
  const read = { expr, stepInvariant: stepInvariantParts(expr) }
  if (text.length > MAX_LENGTH) return read
  if (knownLength + text.length > MAX_KNOWN_LENGTH) {
    known.clear()
    knownLength = 0
  }
  known.set(text, read)
  knownLength += text.length
  return read
}
