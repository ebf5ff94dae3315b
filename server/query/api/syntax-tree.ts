// An expression as the JSON of parse_query (Prometheus's web/api/v1/translate_ast.go).
import type { BinaryExpr, Call, DurationExpr, Expr, TimeShift, VectorSelector } from '../../promql/ast'
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
      return {
        type: 'vectorSelector',
        name,
        matchers: matchers.map(matcherTree),
        ...shiftTree(expr),
        ...edgesTree(expr),
      }
    }
    case 'matrixSelector': {
      const { rangeExpr, rangeNs, selector } = expr
      const matchers = selector.matchers.map(matcherTree)
      const range = Math.trunc(rangeNs / 1e6)
      const plain = { type: 'matrixSelector', name: selector.name, range, matchers }
      return { ...plain, ...shiftTree(selector), ...edgesTree(selector), ...durationTrees({ rangeExpr }) }
    }
    case 'subquery': {
      const range = Math.trunc(expr.rangeNs / 1e6)
      const { rangeExpr, stepExpr } = expr
      const plain = { type: 'subquery', expr: syntaxTree(expr.expr), range, step: expr.stepMs ?? 0 }
      return { ...plain, ...shiftTree(expr), ...durationTrees({ rangeExpr, stepExpr }) }
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
  const { card, fill, include, labels, on } = matching
  const tree = { card: operators[op].kind === 'set' ? 'many-to-many' : card, labels, on, include }
  return fill ? { ...tree, fillValues: { lhs: fill.left ?? null, rhs: fill.right ?? null } } : tree
}

function functionTree({ name }: Call) {
  const { args = [], returns = 'vector', variadic = 0 } = functions.get(name) ?? {}
  return { name, argTypes: args, variadic, returnType: returns }
}

function matcherTree({ name, op, value }: Matcher) {
  return { name, type: op, value }
}

function shiftTree({ at, offsetExpr, offsetMs }: TimeShift) {
  return {
    ...durationTrees({ offsetExpr }),
    offset: offsetMs,
    timestamp: typeof at === 'number' ? at : null,
    startOrEnd: typeof at === 'string' ? at : null,
  }
}

/** As of Prometheus 3.12; only where there are any. */
function durationTrees(exprs: Record<string, DurationExpr | undefined>) {
  const given = Object.entries(exprs).flatMap(([name, expr]) => (expr ? [[name, durationTree(expr)] as const] : []))
  return Object.fromEntries(given)
}

function durationTree(expr: DurationExpr): unknown {
  const tree = (op: string, lhs: DurationExpr | null, rhs: DurationExpr | null) => ({
    type: 'durationExpr',
    op,
    lhs: lhs && durationTree(lhs),
    rhs: rhs && durationTree(rhs),
    wrapped: expr.isWrapped ?? false,
  })
  switch (expr.kind) {
    case 'seconds':
      return { type: 'numberLiteral', val: formatPlain(expr.value) }
    case 'query':
      return tree(expr.of, null, null)
    case 'sign':
      return tree(expr.op, null, expr.operand)
    case 'extreme':
      return tree(expr.of, expr.first, expr.second)
    case 'arithmetic':
      return tree(expr.op, expr.left, expr.right)
  }
}

function edgesTree({ edges }: VectorSelector) {
  return edges === undefined ? {} : { anchored: edges === 'anchored', smoothed: edges === 'smoothed' }
}
