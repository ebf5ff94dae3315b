// What an expression is once it has been read: Prometheus's own kinds of node, and the type of each.
import type { Matcher } from '../storage/series'

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

/** Where a node stands in the expression (UTF-16 offsets, `to` exclusive). */
type Span = { from: number; to: number }

/**
 * A duration that is computed. A number counts seconds; `of` is the width of the query's steps or the length of its
 * range, 0 for an instant query. `isWrapped` says that it stands in parentheses.
 */
export type DurationExpr = Span & { isWrapped?: boolean } & (
    | { kind: 'seconds'; value: number; isDuration: boolean }
    | { kind: 'query'; of: 'step' | 'range' }
    | { kind: 'sign'; op: '+' | '-'; operand: DurationExpr }
    | { kind: 'extreme'; of: 'min_of' | 'max_of'; first: DurationExpr; second: DurationExpr }
    | { kind: 'arithmetic'; op: DurationOp; left: DurationExpr; right: DurationExpr }
  )
export type DurationOp = '+' | '-' | '*' | '/' | '%' | '^'

/** `isDuration` says that it was written as one, and is to be printed as one. */
export type NumberLiteral = Span & { kind: 'number'; value: number; isDuration?: boolean }
/** `malformed` is there where escapes make bytes that are no UTF-8: quoted, while `value` has replacement characters. */
export type StringLiteral = Span & { kind: 'string'; value: string; malformed?: string }
export type ParenExpr = Span & { kind: 'paren'; expr: Expr }
export type UnaryExpr = Span & { kind: 'unary'; op: '+' | '-'; expr: Expr }

/**
 * Where a duration is an expression, it stands beside the number, which `resolveDurations` makes of it for one query.
 *
 * When a selector or a subquery looks: `offsetMs` before `at`, or before each step where `at` is undefined.
 */
export type TimeShift = {
  offsetMs: number
  offsetExpr?: DurationExpr | undefined
  at: number | 'start' | 'end' | undefined
}

/** What is taken at the edges of a window: the sample before it as it stands, or a line between the samples around. */
export type Edges = 'anchored' | 'smoothed'

/** `name` is what stood before the braces, '' when nothing did; `matchers` include it. `at` is in milliseconds. */
export type VectorSelector = Span &
  TimeShift & { kind: 'vectorSelector'; name: string; matchers: Matcher[]; edges?: Edges | undefined }

/** `rangeNs` is in nanoseconds, since Prometheus divides by a range of that precision. */
export type MatrixSelector = Span & {
  kind: 'matrixSelector'
  selector: VectorSelector
  rangeNs: number
  rangeExpr?: DurationExpr | undefined
}

/** `stepMs` is undefined where the default resolution is meant. */
export type SubqueryExpr = Span &
  TimeShift & {
    kind: 'subquery'
    expr: Expr
    rangeNs: number
    rangeExpr?: DurationExpr | undefined
    stepMs: number | undefined
    stepExpr?: DurationExpr | undefined
  }

export type Call = Span & { kind: 'call'; name: string; args: Expr[] }

export type AggregateOp =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'count'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'quantile'
  | 'count_values'
  | 'limitk'
  | 'limit_ratio'

/** `labels` are kept, or with `without` dropped. */
export type Grouping = { without: boolean; labels: string[] }
export type AggregateExpr = Span & {
  kind: 'aggregate'
  op: AggregateOp
  grouping: Grouping
  param: Expr | undefined
  expr: Expr
}

export type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2'
export type ComparisonOp = '==' | '!=' | '<=' | '<' | '>=' | '>'
export type SetOp = 'and' | 'or' | 'unless'
/** They cut native histograms, which there are none of: between floats they have no result. */
export type TrimOp = '</' | '>/'
export type BinaryOp = ArithmeticOp | ComparisonOp | SetOp | TrimOp

/**
 * How two vectors are paired. `labels` are matched on (`on`) or ignored; `include` are taken over from the "one" side.
 * `card`: which side may have several elements for one of the other. `fill` are the values of elements that one side
 * lacks.
 */
export type VectorMatching = {
  card: 'one-to-one' | 'many-to-one' | 'one-to-many'
  on: boolean
  labels: string[]
  include: string[]
  fill?: { left?: number; right?: number }
}
export type BinaryExpr = Span & {
  kind: 'binary'
  op: BinaryOp
  lhs: Expr
  rhs: Expr
  bool: boolean
  matching: VectorMatching
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | ParenExpr
  | UnaryExpr
  | VectorSelector
  | MatrixSelector
  | SubqueryExpr
  | Call
  | AggregateExpr
  | BinaryExpr

/** `expr` without the parentheses around it. */
export function unwrapParens(expr: Expr): Exclude<Expr, ParenExpr> {
  let inner = expr
  while (inner.kind === 'paren') inner = inner.expr
  return inner
}

/** The expressions that an expression is made of, in the order of the text. */
export function childrenOf(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'vectorSelector':
      return []
    case 'matrixSelector':
      return [expr.selector]
    case 'paren':
    case 'unary':
    case 'subquery':
      return [expr.expr]
    case 'call':
      return expr.args
    case 'aggregate':
      return expr.param ? [expr.param, expr.expr] : [expr.expr]
    case 'binary':
      return [expr.lhs, expr.rhs]
  }
}

/** Argument number `i` of a call whose arguments have been counted. */
export function argument(call: Call, i: number): Expr {
  const arg = call.args[i]
  if (!arg) throw new Error(`${call.name} was evaluated without its argument ${i + 1}`)
  return arg
}

/** A text of the expression that has bytes which are no UTF-8, as it was written; undefined for any other. */
export function malformedText(expr: Expr): string | undefined {
  const literal = unwrapParens(expr)
  return literal.kind === 'string' ? literal.malformed : undefined
}
