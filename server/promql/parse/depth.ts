// How deep an expression may be nested. Everything that walks an expression calls itself for its parts, so this bounds the
// call stack.
import type { Expr } from '../ast'
import { childrenOf } from '../ast'
import { parseError } from '../promql-error'

export const maxDepth = 500

/** Throws PromqlError where `expr` is nested too deep, as a chain of operators is to its left. It doesn't call itself. */
export function checkDepth(expr: Expr, text: string): void {
  let level = [expr]
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level
    if (first && depth > maxDepth) throw parseError(text, tooDeep(), first.from, first.to)
    level = level.flatMap(childrenOf)
  }
}

export function tooDeep(): string {
  return `expression is nested more than ${maxDepth} levels deep`
}
