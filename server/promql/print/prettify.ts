// An expression as text on as many lines as it takes to read it (Prometheus's promql/parser/prettier.go).
import type { Expr } from '../ast'
import { formatAggregation, formatExpr, formatOperator, formatSubquery } from './print'

/** In bytes of UTF-8. A part of an expression that is no longer stays on one line. */
const longestLine = 100

/** What `format_query` answers. */
export function prettify(expr: Expr): string {
  return pretty(expr, 0)
}

/** `level` is how deep the line is indented on which this part begins. */
function pretty(expr: Expr, level: number): string {
  const line = formatExpr(expr)
  const indent = '  '.repeat(level)
  const isShort = Buffer.byteLength(line) <= longestLine
  switch (expr.kind) {
    case 'unary':
      return `${indent}${expr.op}${pretty(expr.expr, level).trim()}`
    case 'subquery':
      return isShort ? line : `${pretty(expr.expr, level)}${formatSubquery(expr)}`
    case 'binary':
      if (isShort) break
      return `${pretty(expr.lhs, level + 1)}\n${indent}${formatOperator(expr)}\n${pretty(expr.rhs, level + 1)}`
    case 'paren':
      if (isShort) break
      return `${indent}(\n${pretty(expr.expr, level + 1)}\n${indent})`
    case 'call':
      if (isShort || expr.args.length === 0) break
      return `${indent}${expr.name}(\n${prettyList(expr.args, level + 1)}\n${indent})`
    case 'aggregate': {
      if (isShort) break
      const args = expr.param ? [expr.param, expr.expr] : [expr.expr]
      return `${indent}${formatAggregation(expr)}(\n${prettyList(args, level + 1)}\n${indent})`
    }
  }
  return indent + line
}

function prettyList(exprs: Expr[], level: number): string {
  return exprs.map((expr) => pretty(expr, level)).join(',\n')
}
