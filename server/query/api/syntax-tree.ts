// An expression as the JSON of parse_query (Prometheus's web/api/v1/translate_ast.go).
import type { BinaryExpr, Call, Expr, TimeShift } from '../../promql/ast'
import { functions } from '../../promql/functions'
import { formatPlain } from '../../promql/go-float'
import { operators } from '../../promql/operators'
import { typeOf } from '../../promql/parse/check'
import type { Matcher } from '../../storage/series'

export function syntaxTree(expr: Expr): unknown {
  switch (expr.kind) {
    case 'number':
      return { type: 'numberLiteral', val: formatPlain(expr.value) }
    case 'string':
      return { type: 'stringLiteral', val: expr.value }
    case 'paren':
      return { type: 'parenExpr', expr: syntaxTree(expr.expr) }
    case 'unary':
      return { type: 'unaryExpr', op: expr.op, expr: syntaxTree(expr.expr) }
    case 'vectorSelector': {
      const { matchers, name } = expr
      return { type: 'vectorSelector', name, matchers: matchers.map(matcherTree), ...shiftTree(expr) }
    }
    case 'matrixSelector': {
      const { rangeNs, selector } = expr
      const matchers = selector.matchers.map(matcherTree)
      const range = Math.trunc(rangeNs / 1e6)
      return { type: 'matrixSelector', name: selector.name, range, matchers, ...shiftTree(selector) }
    }
    case 'subquery': {
      const range = Math.trunc(expr.rangeNs / 1e6)
      return { type: 'subquery', expr: syntaxTree(expr.expr), range, step: expr.stepMs ?? 0, ...shiftTree(expr) }
    }
    case 'call':
      return { type: 'call', func: functionTree(expr), args: expr.args.map(syntaxTree) }
    case 'aggregate': {
      const { grouping, op, param } = expr
      return {
        type: 'aggregation',
        op,
        expr: syntaxTree(expr.expr),
        param: param ? syntaxTree(param) : null,
        grouping: grouping.labels,
        without: grouping.without,
      }
    }
    case 'binary': {
      const { bool, lhs, op, rhs } = expr
      return { type: 'binaryExpr', op, lhs: syntaxTree(lhs), rhs: syntaxTree(rhs), matching: matchingTree(expr), bool }
    }
  }
}

function matchingTree({ lhs, matching, op, rhs }: BinaryExpr) {
  if (typeOf(lhs) !== 'vector' || typeOf(rhs) !== 'vector') return null
  const { card, include, labels, on } = matching
  return { card: operators[op].kind === 'set' ? 'many-to-many' : card, labels, on, include }
}

function functionTree({ name }: Call) {
  const { args = [], returns = 'vector', variadic = 0 } = functions.get(name) ?? {}
  return { name, argTypes: args, variadic, returnType: returns }
}

function matcherTree({ name, op, value }: Matcher) {
  return { name, type: op, value }
}

function shiftTree({ at, offsetMs }: TimeShift) {
  return {
    offset: offsetMs,
    timestamp: typeof at === 'number' ? at : null,
    startOrEnd: typeof at === 'string' ? at : null,
  }
}
