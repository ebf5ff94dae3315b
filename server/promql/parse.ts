// Text to expression, with Prometheus's own messages. Its grammar for editors (@prometheus-io/lezer-promql) can't be used here:
// it parses `a - b offset 5m` as the offset of a difference, and gives no reason for an error.
import type { Features } from '../features'
import { NO_FEATURES } from '../features'
import type { Matcher } from '../storage/series'
import type { Expr } from './ast'
import { checkTypes } from './parse/check'
import { checkDepth } from './parse/depth'
import { parseExpression } from './parse/parse-expression'
import { parseVectorSelector } from './parse/parse-selector'
import { canNameMetric } from './parse/token'
import { TokenReader } from './parse/token-reader'
import { PromqlError, parseError } from './promql-error'

/** Longer ones are refused: reading them would hold up everything else. */
const longestText = 65_536

/**
 * Reads and type-checks an expression, of which parts are refused that need other `features`. Throws PromqlError with
 * Prometheus's message and position.
 */
export function parseExpr(text: string, features: Features = NO_FEATURES): Expr {
  if (text === '') throw new PromqlError('unknown position: parse error: no expression found in input', 0, 0, 'parse')
  const tokens = tokensOf(text, features)
  if (tokens.peek().kind === 'end of input') {
    throw parseError(text, 'no expression found in input', 0, text.length)
  }
  const expr = parseExpression(tokens)
  if (tokens.peek().kind !== 'end of input') throw tokens.unexpected()
  checkDepth(expr, text)
  checkTypes(expr, text)
  return expr
}

/**
 * Reads a selector of series, as `match[]` of the HTTP API has it: a metric name, matchers in braces, or both, and no
 * more. It may select everything. Throws PromqlError with Prometheus's message and position.
 */
export function parseMetricSelector(text: string): Matcher[] {
  if (text === '') throw new PromqlError('unknown position: parse error: unexpected end of input', 0, 0, 'parse')
  const tokens = tokensOf(text)
  const isNamed = canNameMetric(tokens.peek())
  if (!isNamed && !tokens.isNext('{')) throw tokens.unexpected()
  const { matchers } = parseVectorSelector(tokens, isNamed ? tokens.next() : undefined)
  if (tokens.peek().kind !== 'end of input') throw tokens.unexpected()
  return matchers
}

function tokensOf(text: string, features?: Features): TokenReader {
  if (text.length <= longestText) return new TokenReader(text, features)
  throw parseError(text, `expression is longer than ${longestText} characters`, 0, text.length)
}
