// Durations in brackets and after `offset`: a number of seconds or a duration literal, or arithmetic of them, in which
// step(), range(), min_of() and max_of() stand for what is known only when the query is asked.
import type { DurationExpr, DurationOp } from '../ast'
import { maxDepth, tooDeep } from './depth'
import { parseNumberToken } from './parse-literal'
import type { TokenReader } from './token-reader'

/** `expr` is undefined where it is one literal: then `ns` says all. */
export type Duration = { ns: number; expr: DurationExpr | undefined }

/** Go counts durations in nanoseconds, in 63 bits. */
export const LONGEST_DURATION_SECONDS = 2 ** 63 / 1e9

const precedence: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 }
const ofSign = 3

/** Where a duration stands, and what may stand there, as errors say it. */
type Place = { context: string; expected: string }

const inRange: Place = { context: 'subquery selector', expected: 'number or duration' }
const inResolution: Place = { context: 'subquery selector', expected: 'number or duration or "]"' }
const inOffset: Place = { context: 'offset', expected: 'number or duration' }

/** The range of a selector or a subquery. */
export function parseRange(tokens: TokenReader): Duration {
  return parsePositive(tokens, inRange)
}

/** The resolution of a subquery. */
export function parseResolution(tokens: TokenReader): Duration {
  return parsePositive(tokens, inResolution)
}

function parsePositive(tokens: TokenReader, place: Place): Duration {
  const expr = parseArithmetic(tokens, place, 0, 0)
  if (expr.kind !== 'seconds') return { ns: 0, expr }
  if (expr.value > 0) return { ns: nanoseconds(expr.value), expr: undefined }
  throw tokens.refuse(expr, 'duration must be greater than 0')
}

/** What stands after `offset`: without parentheses, the first operand alone. */
export function parseOffset(tokens: TokenReader): Duration {
  const expr = parseSigned(tokens, inOffset, 0)
  if (expr.kind !== 'seconds') return { ns: 0, expr }
  return { ns: nanoseconds(expr.value), expr: undefined }
}

function parseSigned(tokens: TokenReader, place: Place, depth: number): DurationExpr {
  if (depth > maxDepth) throw tokens.refuse(tokens.peek(), tooDeep())
  const sign = tokens.accept('+', '-')
  if (!sign) return parsePrimary(tokens, place, depth)
  return signed(sign, parseSigned(tokens, place, depth + 1))
}

function nanoseconds(seconds: number): number {
  return Math.sign(seconds) * Math.round(Math.abs(seconds) * 1e9)
}

function parseArithmetic(tokens: TokenReader, place: Place, lowest: number, depth: number): DurationExpr {
  let left = parseOperand(tokens, place, depth)
  for (let links = 1; ; links++) {
    const operator = tokens.peek()
    const strength = precedence[operator.word]
    if (strength === undefined || strength < lowest) return left
    if (links > maxDepth) throw tokens.refuse(left, tooDeep())
    tokens.next()
    const op = operator.word as DurationOp
    const right = parseArithmetic(tokens, place, op === '^' ? strength : strength + 1, depth + 1)
    if (right.kind === 'seconds' && right.value === 0 && (op === '/' || op === '%')) {
      throw tokens.refuse(operator, `${op === '/' ? 'division' : 'modulo'} by zero`)
    }
    left = { kind: 'arithmetic', op, left, right, from: left.from, to: right.to }
  }
}

function parseOperand(tokens: TokenReader, place: Place, depth: number): DurationExpr {
  if (depth > maxDepth) throw tokens.refuse(tokens.peek(), tooDeep())
  const sign = tokens.accept('+', '-')
  if (!sign) return parsePrimary(tokens, place, depth)
  return signed(sign, parseArithmetic(tokens, place, ofSign, depth + 1))
}

/** A sign before a literal is part of it. */
function signed({ from, word }: { from: number; word: string }, operand: DurationExpr): DurationExpr {
  const op = word === '-' ? '-' : '+'
  if (operand.kind === 'seconds') return { ...operand, value: op === '-' ? -operand.value : operand.value, from }
  return { kind: 'sign', op, operand, from, to: operand.to }
}

function parsePrimary(tokens: TokenReader, place: Place, depth: number): DurationExpr {
  const { from, kind, to, word } = tokens.peek()
  const unexpected = () => tokens.unexpected(place.context, place.expected)
  const expect = (sign: string) => {
    if (!tokens.accept(sign)) throw unexpected()
  }
  if (tokens.accept('(')) {
    const inner = parseArithmetic(tokens, place, 0, depth + 1)
    expect(')')
    return inner.kind === 'seconds' ? inner : { ...inner, isWrapped: true }
  }
  if (kind === 'number' || kind === 'duration') {
    const value = parseNumberToken(tokens)
    if (!(Math.abs(value) < LONGEST_DURATION_SECONDS)) throw tokens.refuse({ from, to }, 'duration out of range')
    return { kind: 'seconds', value, isDuration: kind === 'duration', from, to }
  }
  if (kind === 'string') throw unexpected()
  if (word === 'step' || word === 'range') {
    tokens.next()
    expect('(')
    expect(')')
    return { kind: 'query', of: word, from, to: tokens.end }
  }
  if (word !== 'min_of' && word !== 'max_of') throw unexpected()
  tokens.next()
  expect('(')
  const first = parseArithmetic(tokens, place, 0, depth + 1)
  expect(',')
  const second = parseArithmetic(tokens, place, 0, depth + 1)
  expect(')')
  return { kind: 'extreme', of: word, first, second, from, to: tokens.end }
}
