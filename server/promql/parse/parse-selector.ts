// Selectors, and what may follow an expression: a range in brackets, a subquery, `offset`, `@`.
import { compileMatcher } from '../../storage/matcher'
import type { Matcher } from '../../storage/series'
import type { Edges, Expr, TimeShift, VectorSelector } from '../ast'
import { nameLabel } from '../labels'
import type { Duration } from './parse-duration'
import { parseOffset, parseRange, parseResolution } from './parse-duration'
import { parseNumberToken, unquote } from './parse-literal'
import type { Token } from './token'
import type { TokenReader } from './token-reader'

/** Of an expression: each is looked for by itself. */
const maxSelectors = 1000
/** Instructions of all regular expressions of an expression together: they are compiled in one turn. */
const maxPatternSize = 2000

/** A selector with a name before the braces, which has been taken, or without one. */
export function parseVectorSelector(tokens: TokenReader, name: Token | undefined): VectorSelector {
  const from = name?.from ?? tokens.peek().from
  const matchers = tokens.isNext('{') ? parseMatchers(tokens) : []
  if (name) matchers.push({ name: nameLabel, op: '=', value: name.text })
  const to = tokens.end
  if (++tokens.selectors > maxSelectors) {
    throw tokens.refuse({ from, to }, `expression has more than ${maxSelectors} selectors`)
  }
  return { kind: 'vectorSelector', name: name?.text ?? '', matchers, offsetMs: 0, at: undefined, from, to }
}

function parseMatchers(tokens: TokenReader): Matcher[] {
  const matchers: Matcher[] = []
  tokens.expect('{')
  while (!tokens.accept('}')) {
    matchers.push(parseMatcher(tokens))
    if (tokens.accept('}')) break
    if (!tokens.accept(',')) throw tokens.unexpected('label matching', '"," or "}"')
  }
  return matchers
}

function parseMatcher(tokens: TokenReader): Matcher {
  const { kind } = tokens.peek()
  if (kind !== 'identifier' && kind !== 'string') throw tokens.unexpected('label matching', 'identifier or "}"')
  const label = tokens.next()
  const name = kind === 'string' ? unquote(label.text) : label.text
  if (!tokens.isNext('=', '!=', '=~', '!~')) {
    if (kind === 'string') return { name: nameLabel, op: '=', value: name }
    throw tokens.unexpected('label matching', 'label matching operator')
  }
  const op = tokens.next().word as Matcher['op']
  if (tokens.peek().kind !== 'string') throw tokens.unexpected('label matching', 'string')
  const value = tokens.next()
  const matcher = { name, op, value: unquote(value.text) }
  try {
    checkPattern(matcher, tokens)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw tokens.refuse({ from: label.from, to: value.to }, message)
  }
  return matcher
}

/** Throws an Error where the matcher's regular expression is malformed, or too large with all others before it. */
function checkPattern(matcher: Matcher, tokens: TokenReader): void {
  const { size } = compileMatcher(matcher)
  if (size === 0 || tokens.patterns.has(matcher.value)) return
  tokens.patterns.add(matcher.value)
  tokens.patternSize += size
  if (tokens.patternSize <= maxPatternSize) return
  throw new Error(
    `error parsing regexp: expression too large: with those before it, it takes more than ${maxPatternSize} instructions`,
  )
}

/** Takes everything that may follow `expr` and belongs to it. */
export function parseSuffixes(tokens: TokenReader, expr: Expr): Expr {
  let complete = expr
  for (;;) {
    if (tokens.isNext('[')) complete = parseBrackets(tokens, complete)
    else if (tokens.accept('offset')) setOffset(tokens, complete)
    else if (tokens.accept('@')) setAt(tokens, complete)
    else if (tokens.isNext('anchored', 'smoothed')) setEdges(tokens, complete)
    else return complete
  }
}

function parseBrackets(tokens: TokenReader, expr: Expr): Expr {
  const open = tokens.expect('[')
  const range = parseRange(tokens)
  const [rangeNs, rangeExpr] = [range.ns, range.expr]
  const { from } = expr
  if (tokens.accept(':')) {
    const step = tokens.isNext(']') ? undefined : parseStep(tokens)
    if (!tokens.accept(']')) throw tokens.unexpected('subquery selector', '"]"')
    const [stepMs, stepExpr] = [step && Math.trunc(step.ns / 1e6), step?.expr]
    const subquery = { kind: 'subquery', expr, rangeNs, rangeExpr, stepMs, stepExpr } as const
    return { ...subquery, offsetMs: 0, at: undefined, from, to: tokens.end }
  }
  if (!tokens.accept(']')) throw tokens.unexpected('subquery or range', '":" or "]"')
  const brackets = { from: open.from, to: tokens.end }
  if (expr.kind !== 'vectorSelector') throw tokens.refuse(brackets, 'ranges only allowed for vector selectors')
  if (hasOffset(expr)) throw tokens.refuse(brackets, 'no offset modifiers allowed before range')
  if (expr.at !== undefined) throw tokens.refuse(brackets, 'no @ modifiers allowed before range')
  return { kind: 'matrixSelector', selector: expr, rangeNs, rangeExpr, from, to: tokens.end }
}

function parseStep(tokens: TokenReader): Duration {
  const start = tokens.peek()
  const step = parseResolution(tokens)
  if (step.expr !== undefined || step.ns >= 1e6) return step
  throw tokens.refuse(start, 'duration must be greater than 0')
}

function hasOffset({ offsetExpr, offsetMs }: TimeShift): boolean {
  return offsetMs !== 0 || offsetExpr !== undefined
}

function setEdges(tokens: TokenReader, expr: Expr): void {
  const edges: Edges = tokens.next().word === 'anchored' ? 'anchored' : 'smoothed'
  if (!tokens.features.extendedRangeSelectors) {
    throw tokens.refuse(expr, `${edges} modifier is experimental and not enabled`)
  }
  if (expr.kind === 'subquery') throw tokens.refuse(expr, `${edges} modifier is not supported for subqueries`)
  const selector = expr.kind === 'matrixSelector' ? expr.selector : expr
  if (selector.kind !== 'vectorSelector') throw tokens.refuse(expr, `${edges} modifier not implemented`)
  if (selector.edges !== undefined && selector.edges !== edges) {
    throw tokens.refuse(expr, 'anchored and smoothed modifiers cannot be used together')
  }
  selector.edges = edges
  expr.to = tokens.end
}

function setOffset(tokens: TokenReader, expr: Expr): void {
  const offset = parseOffset(tokens)
  const shift = shiftOf(tokens, expr, 'offset modifier')
  if (hasOffset(shift)) throw tokens.refuse(expr, 'offset may not be set multiple times')
  shift.offsetMs = Math.trunc(offset.ns / 1e6)
  shift.offsetExpr = offset.expr
  expr.to = tokens.end
}

function setAt(tokens: TokenReader, expr: Expr): void {
  const at = parseTimestamp(tokens)
  const shift = shiftOf(tokens, expr, '@ modifier')
  if (typeof at === 'number' && !(Math.abs(at) < 2 ** 63)) {
    throw tokens.refuse(expr, `timestamp out of bounds for @ modifier: ${formatFixed(at)}`)
  }
  if (shift.at !== undefined) throw tokens.refuse(expr, '@ <timestamp> may not be set multiple times')
  shift.at = typeof at === 'number' ? Math.sign(at) * Math.round(Math.abs(at) * 1000) : at
  expr.to = tokens.end
}

/** Seconds since the epoch, or the query's start or end. */
function parseTimestamp(tokens: TokenReader): number | 'start' | 'end' {
  const unexpected = () => tokens.unexpected('@', 'timestamp')
  const preprocessor = tokens.accept('start', 'end')
  if (preprocessor) {
    if (!tokens.accept('(')) throw unexpected()
    if (!tokens.accept(')')) throw unexpected()
    return preprocessor.word === 'start' ? 'start' : 'end'
  }
  const sign = tokens.accept('+', '-')
  const { kind } = tokens.peek()
  if (kind !== 'number' && kind !== 'duration') throw unexpected()
  const value = parseNumberToken(tokens)
  return sign?.word === '-' ? -value : value
}

/** The part of an expression that says when it looks. */
function shiftOf(tokens: TokenReader, expr: Expr, what: string): TimeShift {
  if (expr.kind === 'matrixSelector') return expr.selector
  if (expr.kind === 'vectorSelector' || expr.kind === 'subquery') return expr
  const wanted = 'an instant vector selector or range vector selector or a subquery'
  throw tokens.refuse(expr, `${what} must be preceded by ${wanted}`)
}

/** Go's %f. */
function formatFixed(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  return `${BigInt(value)}.000000`
}
