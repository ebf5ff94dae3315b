// Text to expression: reads Prometheus's own grammar's tree and builds our typed nodes from it.
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Matcher } from '../storage/series'
import type {
  AggregateExpr,
  AggregateOp,
  BinaryExpr,
  BinaryOp,
  Expr,
  Grouping,
  VectorMatching,
  VectorSelector,
} from './ast'
import { checkTypes } from './check'
import { durationNs } from './durations'
import { parseNumber, parseString } from './literals'
import { parseError } from './promql-error'
import { syntaxError } from './syntax-error'

const maxDepth = 1000

/** Reads and type-checks an expression. Throws PromqlError with Prometheus's message and position. */
export function parseExpr(text: string): Expr {
  const readable = joinHexDigits(text)
  const tree = parser.parse(readable)
  let broken: { from: number; to: number } | undefined
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && broken === undefined) broken = { from: node.from, to: node.to }
      return broken === undefined
    },
  })
  if (broken !== undefined) throw syntaxError(text, broken.from)
  const expr = new TreeReader(readable).expr(exprIn(tree.topNode), 0)
  checkTypes(expr, text)
  return expr
}

/** The grammar of the editor doesn't know `0x_AB` and `0XAB`, the server does: same length, digits moved together. */
function joinHexDigits(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#.*|\b0x[0-9a-f_]+/gis, (token) =>
    /^0x/i.test(token) ? `0x${token.slice(2).replaceAll('_', '')}`.padEnd(token.length) : token,
  )
}

function exprIn(node: SyntaxNode): SyntaxNode {
  const child = node.getChild('Expr')
  if (!child) throw new Error(`the grammar gave a ${node.name} without an expression`)
  return child
}

class TreeReader {
  constructor(private readonly text: string) {}

  expr(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node
    if (depth > maxDepth) throw this.refuse(node, `expression is nested more than ${maxDepth} levels deep`)
    switch (node.name) {
      case 'NumberDurationLiteral':
        return { kind: 'number', value: this.number(node), from, to }
      case 'StringLiteral':
        return { kind: 'string', value: this.string(node), from, to }
      case 'ParenExpr':
        return { kind: 'paren', expr: this.expr(exprIn(node), depth + 1), from, to }
      case 'UnaryExpr':
        return this.unary(this.source(node).startsWith('-') ? '-' : '+', this.expr(exprIn(node), depth + 1), from, to)
      case 'BinaryExpr':
        return this.binary(node, depth)
      case 'AggregateExpr':
        return this.aggregate(node, depth)
      case 'FunctionCall': {
        const name = this.source(node.getChild('FunctionIdentifier'))
        return { kind: 'call', name, args: this.args(node, depth), from, to }
      }
      case 'VectorSelector':
        return this.vectorSelector(node)
      case 'MatrixSelector':
        return this.matrixSelector(node, depth)
      case 'SubqueryExpr':
        return this.subquery(node, depth)
      case 'OffsetExpr':
        return this.offset(node, depth)
      case 'StepInvariantExpr':
        return this.at(node, depth)
      default:
        throw this.refuse(node, `unexpected ${this.source(node)}`)
    }
  }

  private unary(op: '+' | '-', expr: Expr, from: number, to: number): Expr {
    if (expr.kind === 'number') return { ...expr, value: op === '-' ? -expr.value : expr.value, from }
    return { kind: 'unary', op, expr, from, to }
  }

  private binary(node: SyntaxNode, depth: number): Expr {
    const [left, right] = node.getChildren('Expr')
    if (!left || !right) throw this.refuse(node, 'a binary operator needs two operands')
    const op = this.source(left.nextSibling).toLowerCase() as BinaryOp | '</' | '>/'
    if (op === '</' || op === '>/')
      throw this.refuse(node, `operator ${op} needs native histograms, which are not supported`)
    const fill = node.getChild('FillModifier')
    if (fill) throw this.refuse(fill, 'fill modifiers are not supported')
    const binary = (lhs: Expr): BinaryExpr => ({
      kind: 'binary',
      op,
      lhs,
      rhs: this.expr(right, depth + 1),
      bool: node.getChild('BoolModifier') !== null,
      matching: this.matching(node.getChild('MatchingModifierClause')),
      from: lhs.from,
      to: node.to,
    })
    const lhs = this.expr(left, depth + 1)
    // The editor's grammar takes the sign of -2^2 for a part of the number; the server's binds ^ first.
    const sign = left.name === 'NumberDurationLiteral' ? this.source(left)[0] : undefined
    if (op !== '^' || lhs.kind !== 'number' || (sign !== '-' && sign !== '+')) return binary(lhs)
    const unsigned: Expr = { ...lhs, value: sign === '-' ? -lhs.value : lhs.value, from: lhs.from + 1 }
    return this.unary(sign, binary(unsigned), node.from, node.to)
  }

  private matching(clause: SyntaxNode | null): VectorMatching {
    if (!clause) return { card: 'one-to-one', on: false, labels: [], include: [] }
    const [labels, include] = clause.getChildren('GroupingLabels')
    const card = clause.getChild('GroupLeft')
      ? 'many-to-one'
      : clause.getChild('GroupRight')
        ? 'one-to-many'
        : 'one-to-one'
    return { card, on: clause.getChild('On') !== null, labels: this.labels(labels), include: this.labels(include) }
  }

  private aggregate(node: SyntaxNode, depth: number): AggregateExpr {
    const op = this.source(node.getChild('AggregateOp')).toLowerCase() as AggregateOp
    const modifier = node.getChild('AggregateModifier')
    const grouping: Grouping = {
      without: modifier?.getChild('Without') != null,
      labels: this.labels(modifier?.getChild('GroupingLabels')),
    }
    const args = this.args(node, depth)
    const wanted = ['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio'].includes(op) ? 2 : 1
    const expr = args.at(-1)
    if (!expr) throw this.refuse(node, 'no arguments for aggregate expression provided')
    if (args.length !== wanted) {
      const message = `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`
      throw this.refuse(node, message)
    }
    return {
      kind: 'aggregate',
      op,
      grouping,
      param: wanted === 2 ? args[0] : undefined,
      expr,
      from: node.from,
      to: node.to,
    }
  }

  private vectorSelector(node: SyntaxNode): VectorSelector {
    const name = this.source(node.getChild('Identifier'))
    const matchers: Matcher[] = []
    for (let child = node.getChild('LabelMatchers')?.firstChild; child; child = child.nextSibling) {
      if (child.name === 'QuotedLabelName') matchers.push({ name: '__name__', op: '=', value: this.string(child) })
      else matchers.push(this.matcher(child))
    }
    if (name !== '') matchers.push({ name: '__name__', op: '=', value: name })
    return { kind: 'vectorSelector', name, matchers, offsetMs: 0, at: undefined, from: node.from, to: node.to }
  }

  private matcher(node: SyntaxNode): Matcher {
    const quoted = node.getChild('QuotedLabelName')
    const name = quoted ? this.string(quoted) : this.source(node.getChild('LabelName'))
    const value = node.getChild('StringLiteral')
    return { name, op: this.source(node.getChild('MatchOp')) as Matcher['op'], value: value ? this.string(value) : '' }
  }

  private matrixSelector(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node
    const selector = this.expr(exprIn(node), depth + 1)
    const bracket = { from: selector.to, to }
    if (selector.kind !== 'vectorSelector') throw this.refuse(bracket, 'ranges only allowed for vector selectors')
    if (selector.offsetMs !== 0) throw this.refuse(bracket, 'no offset modifiers allowed before range')
    if (selector.at !== undefined) throw this.refuse(bracket, 'no @ modifiers allowed before range')
    return { kind: 'matrixSelector', selector, rangeNs: this.positiveNs(node.getChild('DurationExpr')), from, to }
  }

  private subquery(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node
    const [range, step] = node.getChildren('DurationExpr')
    const expr = this.expr(exprIn(node), depth + 1)
    const stepMs = step && Math.trunc(this.positiveNs(step) / 1e6)
    return { kind: 'subquery', expr, rangeNs: this.positiveNs(range), stepMs, offsetMs: 0, at: undefined, from, to }
  }

  private positiveNs(node: SyntaxNode | null | undefined): number {
    if (!node) throw new Error('the grammar gave brackets without a duration')
    const ns = durationNs(node, this.text)
    if (ns <= 0) throw this.refuse(node, 'duration must be greater than 0')
    return ns
  }

  private offset(node: SyntaxNode, depth: number): Expr {
    const { expr, target } = this.shiftable(node, depth, 'offset modifier')
    const duration = node.getChild('OffsetDurationExpr')
    if (target.offsetMs !== 0) throw this.refuse(node, 'offset may not be set multiple times')
    if (duration) target.offsetMs = Math.trunc(durationNs(duration, this.text) / 1e6)
    return expr
  }

  private at(node: SyntaxNode, depth: number): Expr {
    const { expr, target } = this.shiftable(node, depth, '@ modifier')
    if (target.at !== undefined) throw this.refuse(node, '@ <timestamp> may not be set multiple times')
    const literal = node.getChild('NumberDurationLiteral')
    if (!literal) {
      target.at = node.getChild('AtModifierPreprocessors')?.getChild('AtStart') ? 'start' : 'end'
      return expr
    }
    const seconds = this.number(literal)
    if (!(Math.abs(seconds) < 2 ** 63)) {
      throw this.refuse(node, `timestamp out of bounds for @ modifier: ${seconds.toFixed(6)}`)
    }
    target.at = Math.sign(seconds) * Math.round(Math.abs(seconds) * 1000)
    return expr
  }

  /** What `offset` or `@` is applied to: the node itself, and the part of it that holds its time. */
  private shiftable(node: SyntaxNode, depth: number, what: string) {
    const expr = this.expr(exprIn(node), depth + 1)
    expr.to = node.to
    if (expr.kind === 'matrixSelector') return { expr, target: expr.selector }
    if (expr.kind === 'vectorSelector' || expr.kind === 'subquery') return { expr, target: expr }
    const wanted = 'an instant vector selector or range vector selector or a subquery'
    throw this.refuse(node, `${what} must be preceded by ${wanted}`)
  }

  private args(node: SyntaxNode, depth: number): Expr[] {
    const body = node.getChild('FunctionCallBody')
    return body ? body.getChildren('Expr').map((arg) => this.expr(arg, depth + 1)) : []
  }

  private labels(grouping: SyntaxNode | null | undefined): string[] {
    const names: string[] = []
    for (let child = grouping?.firstChild; child; child = child.nextSibling) {
      names.push(child.name === 'QuotedLabelName' ? this.string(child) : this.source(child))
    }
    return names
  }

  private number(node: SyntaxNode): number {
    const source = this.source(node)
    const signed = source.startsWith('-') || source.startsWith('+')
    const value = parseNumber(signed ? source.slice(1).trim() : source.trim())
    if (value === undefined) throw this.refuse(node, `bad number or duration syntax: ${JSON.stringify(source)}`)
    return source.startsWith('-') ? -value : value
  }

  private string(node: SyntaxNode): string {
    const source = this.source(node)
    const value = parseString(source)
    if (value === undefined) throw this.refuse(node, `error unquoting string ${JSON.stringify(source)}: invalid syntax`)
    return value
  }

  private source(node: SyntaxNode | null): string {
    return node ? this.text.slice(node.from, node.to) : ''
  }

  private refuse({ from, to }: { from: number; to: number }, message: string) {
    return parseError(this.text, message, from, to)
  }
}
