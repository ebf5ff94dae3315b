// Durations in brackets and after `offset`: a number of seconds, a duration literal, or arithmetic of them.
import { parseNumberToken } from './parse-literal'
import type { TokenReader } from './token-reader'

type Seconds = { value: number; from: number; to: number }

const maxSeconds = 2 ** 63 / 1e9
const precedence: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 }

/** Where a duration stands, and what may stand there, as errors say it. */
type Place = { context: string; expected: string }

const inRange: Place = { context: 'subquery selector', expected: 'number or duration' }
const inResolution: Place = { context: 'subquery selector', expected: 'number or duration or "]"' }
const inOffset: Place = { context: 'offset', expected: 'number or duration' }

/** The range of a selector or a subquery, in nanoseconds. */
export function parseRange(tokens: TokenReader): number {
  return parsePositive(tokens, inRange)
}

/** The resolution of a subquery, in nanoseconds. */
export function parseResolution(tokens: TokenReader): number {
  return parsePositive(tokens, inResolution)
}

function parsePositive(tokens: TokenReader, place: Place): number {
  const seconds = parseArithmetic(tokens, place, 0)
  const ns = nanoseconds(seconds, tokens)
  if (ns > 0) return ns
  throw tokens.refuse(seconds, 'duration must be greater than 0')
}

/** What stands after `offset`, in nanoseconds: a literal, or arithmetic in parentheses, with signs or without. */
export function parseOffset(tokens: TokenReader): number {
  let sign = 1
  for (let next = tokens.accept('+', '-'); next; next = tokens.accept('+', '-')) if (next.word === '-') sign = -sign
  return sign * nanoseconds(parseOperand(tokens, inOffset), tokens)
}

function nanoseconds(seconds: Seconds, tokens: TokenReader): number {
  const { value } = seconds
  if (!(Math.abs(value) < maxSeconds)) throw tokens.refuse(seconds, 'duration out of range')
  return Math.sign(value) * Math.round(Math.abs(value) * 1e9)
}

function parseArithmetic(tokens: TokenReader, place: Place, lowest: number): Seconds {
  let left = parseOperand(tokens, place)
  for (;;) {
    const { word } = tokens.peek()
    const strength = precedence[word]
    if (strength === undefined || strength < lowest) return left
    const operator = tokens.next()
    const right = parseArithmetic(tokens, place, word === '^' ? strength : strength + 1)
    if (right.value === 0 && (word === '/' || word === '%')) {
      throw tokens.refuse(operator, word === '/' ? 'division by zero' : 'modulo by zero')
    }
    left = { value: calculate(word, left.value, right.value), from: left.from, to: right.to }
  }
}

function parseOperand(tokens: TokenReader, place: Place): Seconds {
  const sign = tokens.accept('+', '-')
  if (sign) {
    const operand = parseArithmetic(tokens, place, 3)
    return { value: sign.word === '-' ? -operand.value : operand.value, from: sign.from, to: operand.to }
  }
  const open = tokens.accept('(')
  if (open) {
    const { value } = parseArithmetic(tokens, place, 0)
    if (!tokens.isNext(')')) throw tokens.unexpected(place.context, place.expected)
    return { value, from: open.from, to: tokens.next().to }
  }
  const { from, kind, to } = tokens.peek()
  if (kind !== 'number' && kind !== 'duration') throw tokens.unexpected(place.context, place.expected)
  return { value: parseNumberToken(tokens), from, to }
}

function calculate(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return left % right
    default:
      return left ** right
  }
}
