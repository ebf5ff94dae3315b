// The selectors that an expression is made of.
import type { Matcher } from '../storage/series'
import type { Expr } from './ast'

/** The matchers of each selector, in the order of the text. */
export function selectorsOf(expr: Expr): Matcher[][] {
  switch (expr.kind) {
    case 'vectorSelector':
      return [expr.matchers]
    case 'matrixSelector':
      return [expr.selector.matchers]
    case 'paren':
    case 'unary':
    case 'subquery':
      return selectorsOf(expr.expr)
    case 'call':
      return expr.args.flatMap(selectorsOf)
    case 'aggregate':
      return [...(expr.param ? selectorsOf(expr.param) : []), ...selectorsOf(expr.expr)]
    case 'binary':
      return [...selectorsOf(expr.lhs), ...selectorsOf(expr.rhs)]
    case 'number':
    case 'string':
      return []
  }
}
