// The selectors that an expression is made of.
import type { Matcher } from '../storage/series'
import type { Expr } from './ast'
import { childrenOf } from './ast'

/** The matchers of each selector, in the order of the text. */
export function selectorsOf(expr: Expr): Matcher[][] {
  return expr.kind === 'vectorSelector' ? [expr.matchers] : childrenOf(expr).flatMap(selectorsOf)
}
