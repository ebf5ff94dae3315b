// Text to expression, with Prometheus's own messages. Its grammar for editors (@prometheus-io/lezer-promql) is no help
// here: it takes `a - b offset 5m` for the offset of a difference, and tells no reason where it can't go on.
import type { Expr } from './ast'
import { checkTypes } from './parse/check'
import { parseExpression } from './parse/parse-expression'
import { TokenReader } from './parse/token-reader'
import { PromqlError, parseError } from './promql-error'

/** Reads and type-checks an expression. Throws PromqlError with Prometheus's message and position. */
export function parseExpr(text: string): Expr {
  if (text === '') throw new PromqlError('unknown position: parse error: no expression found in input', 0, 0, 'parse')
  const tokens = new TokenReader(text)
  if (tokens.peek().kind === 'end of input') {
    throw parseError(text, 'no expression found in input', 0, text.length)
  }
  const expr = parseExpression(tokens)
  if (tokens.peek().kind !== 'end of input') throw tokens.unexpected()
  checkTypes(expr, text)
  return expr
}
