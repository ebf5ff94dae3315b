// Durations in brackets and after `offset`: a number of seconds, a duration literal, or arithmetic of them.
import { parseNumberToken } from './parse-literal'
import type { TokenReader } from './token-reader'

type Seconds = { value: number; from: number; to: number }

const maxSeconds = 2 ** 63 / 1e9
const precedence: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 }

/** A range or a resolution, in nanoseconds. */
export function parsePositiveDuration(tokens: TokenReader): number {
  const seconds = parseArithmetic(tokens, 0)
  const ns = nanoseconds(seconds, tokens)
  if (ns > 0) return ns
  throw tokens.refuse(seconds, 'duration must be greater than 0')
}

/** What stands after `offset`, in nanoseconds: a literal, or arithmetic in parentheses, with signs or without. */
export function parseOffsetDuration(tokens: TokenReader): number {
  let sign = 1
  for (let next = tokens.accept('+', '-'); next; next = tokens.accept('+', '-')) if (next.word === '-') sign = -sign
  const { kind } = tokens.peek()
  if (kind !== 'number' && kind !== 'duration' && !tokens.isNext('(')) {
    throw tokens.unexpected('offset', 'number or duration')
  }
  return sign * nanoseconds(parseOperand(tokens), tokens)
}

function nanoseconds(seconds: Seconds, tokens: TokenReader): number {
  const { value } = seconds
  if (!(Math.abs(value) < maxSeconds)) throw tokens.refuse(seconds, 'duration out of range')
  return Math.sign(value) * Math.round(Math.abs(value) * 1e9)
}

function parseArithmetic(tokens: TokenReader, lowest: number): Seconds {
  let left = parseOperand(tokens)
  for (;;) {
    const { word } = tokens.peek()
    const strength = precedence[word]
    if (strength === undefined || strength < lowest) return left
    const operator = tokens.next()
    const right = parseArithmetic(tokens, word === '^' ? strength : strength + 1)
    if (right.value === 0 && (word === '/' || word === '%')) {
      throw tokens.refuse(operator, word === '/' ? 'division by zero' : 'modulo by zero')
    }
    left = { value: calculate(word, left.value, right.value), from: left.from, to: right.to }
  }
}

function parseOperand(tokens: TokenReader): Seconds {
  const sign = tokens.accept('+', '-')
  if (sign) {
    const operand = parseArithmetic(tokens, 3)
    return { value: sign.word === '-' ? -operand.value : operand.value, from: sign.from, to: operand.to }
  }
  const open = tokens.accept('(')
  if (open) {
    const { value } = parseArithmetic(tokens, 0)
    if (!tokens.isNext(')')) throw tokens.unexpected('subquery selector', 'number or duration')
    return { value, from: open.from, to: tokens.next().to }
  }
  const { from, kind, to } = tokens.peek()
  if (kind !== 'number' && kind !== 'duration') throw tokens.unexpected('subquery selector', 'number or duration')
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
