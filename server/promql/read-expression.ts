// Expressions that are asked repeatedly, as by an open dashboard at every tick, are parsed once.
import type { Features } from '../features'
import { featuresKey, NO_FEATURES } from '../features'
import type { Expr } from './ast'
import type { QueryTimes } from './durations'
import { hasDurationExprs, resolveDurations } from './durations'
import { parseExpr } from './parse'
import { stepInvariantParts } from './step-invariant'

/** `stepInvariant` are the parts that are evaluated once for all steps. */
export type ReadExpression = { expr: Expr; stepInvariant: ReadonlySet<Expr>; hasDurationExprs: boolean }

/** In characters, all together: each of them makes up to a hundred bytes. */
const MAX_KNOWN_LENGTH = 100_000
const MAX_LENGTH = 4_000

const known = new Map<string, ReadExpression>()
let knownLength = 0

/** Throws as `parseExpr` does. */
export function readExpression(text: string, features: Features = NO_FEATURES): ReadExpression {
  const key = `${featuresKey(features)}${text}`
  const found = known.get(key)
  if (found) return found
  const expr = parseExpr(text, features)
  const read = { expr, stepInvariant: stepInvariantParts(expr), hasDurationExprs: hasDurationExprs(expr) }
  if (text.length > MAX_LENGTH) return read
  if (knownLength + text.length > MAX_KNOWN_LENGTH) {
    known.clear()
    knownLength = 0
  }
  known.set(key, read)
  knownLength += text.length
  return read
}

/** What was read from `text`, as a query with these times has it. Throws as `resolveDurations` does. */
export function readForQuery(read: ReadExpression, text: string, times: QueryTimes): ReadExpression {
  if (!read.hasDurationExprs) return read
  const expr = resolveDurations(read.expr, text, times)
  return { ...read, expr, stepInvariant: stepInvariantParts(expr) }
}
