// Expressions: operands, what binds them, and calls.

import type { AggregateExpr, AggregateOp, BinaryOp, Call, Expr } from '../ast'
import { functions } from '../functions'
import { quoteText } from '../go-quote'
import { maxDepth, tooDeep } from './depth'
import { parseGrouping, parseMatching } from './parse-grouping'
import { isMalformed, parseNumberToken, quoteLiteral, unquote } from './parse-literal'
import { parseSuffixes, parseVectorSelector } from './parse-selector'
import type { Token } from './token'
import { canNameMetric } from './token'
import type { TokenReader } from './token-reader'

/** How tightly operators bind; all but ^ to the left. A sign binds like *. */
const precedence: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<=': 3,
  '<': 3,
  '>=': 3,
  '>': 3,
  '</': 3,
  '>/': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
}
const withParameter: readonly string[] = ['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio']
const experimentalAggregations: readonly string[] = ['limitk', 'limit_ratio']

/** An expression of operators that bind at least as tightly as `lowest`. */
export function parseExpression(tokens: TokenReader, lowest = 0, depth = 0): Expr {
  if (depth > maxDepth) throw tokens.refuse(tokens.peek(), tooDeep())
  let lhs = parseOperand(tokens, depth)
  for (let links = 1; ; links++) {
    const op = operatorOf(tokens.peek())
    if (op === undefined || precedence[op] < lowest) return lhs
    // A chain is nested to its left.
    if (links > maxDepth) throw tokens.refuse(lhs, tooDeep())
    tokens.next()
    const modifiers = parseMatching(tokens)
    const rhs = parseExpression(tokens, op === '^' ? precedence[op] : precedence[op] + 1, depth + 1)
    lhs = { kind: 'binary', op, lhs, rhs, ...modifiers, from: lhs.from, to: rhs.to }
  }
}

function operatorOf({ kind, word }: Token): BinaryOp | undefined {
  return kind === 'operator' && Object.hasOwn(precedence, word) ? (word as BinaryOp) : undefined
}

function parseOperand(tokens: TokenReader, depth: number): Expr {
  const sign = tokens.accept('+', '-')
  if (!sign) return parseSuffixes(tokens, parsePrimary(tokens, depth))
  const expr = parseExpression(tokens, precedence['^'], depth + 1)
  const op = sign.word === '-' ? '-' : '+'
  if (expr.kind === 'number') return { ...expr, value: op === '-' ? -expr.value : expr.value, from: sign.from }
  return { kind: 'unary', op, expr, from: sign.from, to: expr.to }
}

function parsePrimary(tokens: TokenReader, depth: number): Expr {
  const token = tokens.peek()
  const { from, kind } = token
  if (kind === 'number' || kind === 'duration') {
    return { kind: 'number', value: parseNumberToken(tokens), isDuration: kind === 'duration', from, to: tokens.end }
  }
  if (kind === 'string') {
    const { text } = tokens.next()
    const literal = { kind: 'string', value: unquote(text), from, to: tokens.end } as const
    return isMalformed(text) ? { ...literal, malformed: quoteLiteral(text) } : literal
  }
  if (tokens.isNext('{')) return parseVectorSelector(tokens, undefined)
  if (tokens.accept('(')) {
    const expr = parseExpression(tokens, 0, depth + 1)
    return { kind: 'paren', expr, from, to: tokens.expect(')').to }
  }
  if (!canNameMetric(token)) throw tokens.unexpected()
  tokens.next()
  if (kind === 'aggregator' && tokens.isNext('(', 'by', 'without')) return parseAggregate(tokens, token, depth)
  const isCallable = kind === 'identifier' || kind === 'preprocessor'
  if (isCallable && tokens.isNext('(')) return parseCall(tokens, token, depth)
  return parseVectorSelector(tokens, token)
}

function parseCall(tokens: TokenReader, name: Token, depth: number): Call {
  const args = parseArguments(tokens, depth)
  const spec = functions.get(name.text)
  if (!spec) throw tokens.refuse(name, `unknown function with name ${quoteText(name.text)}`)
  if (spec.isExperimental && !tokens.features.experimentalFunctions) {
    throw tokens.refuse(name, `function ${quoteText(name.text)} is not enabled`)
  }
  return { kind: 'call', name: name.text, args, from: name.from, to: tokens.end }
}

function parseAggregate(tokens: TokenReader, token: Token, depth: number): AggregateExpr {
  tokens.openAggregations++
  const before = parseGrouping(tokens)
  const args = parseArguments(tokens, depth)
  const grouping = before ?? parseGrouping(tokens) ?? { without: false, labels: [] }
  tokens.openAggregations--
  const span = { from: token.from, to: tokens.end }
  if (experimentalAggregations.includes(token.word) && !tokens.features.experimentalFunctions) {
    const flag = '--enable-feature=promql-experimental-functions'
    throw tokens.refuse(span, `${token.word}() is experimental and must be enabled with ${flag}`)
  }
  const wanted = withParameter.includes(token.word) ? 2 : 1
  const expr = args.at(-1)
  if (!expr) throw tokens.refuse(span, 'no arguments for aggregate expression provided')
  if (args.length !== wanted) {
    const counted = `expected ${wanted}, got ${args.length}`
    throw tokens.refuse(span, `wrong number of arguments for aggregate expression provided, ${counted}`)
  }
  const param = wanted === 2 ? args[0] : undefined
  return { kind: 'aggregate', op: token.word as AggregateOp, grouping, param, expr, ...span }
}

function parseArguments(tokens: TokenReader, depth: number): Expr[] {
  const args: Expr[] = []
  tokens.expect('(')
  if (tokens.accept(')')) return args
  for (;;) {
    args.push(parseExpression(tokens, 0, depth + 1))
    if (tokens.accept(')')) return args
    const comma = tokens.expect(',')
    if (!tokens.isExpressionNext()) throw tokens.refuse(comma, 'trailing commas not allowed in function call args')
  }
}
