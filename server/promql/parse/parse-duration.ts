// Durations in brackets and after `offset`: a number of seconds or a duration literal, with or without a sign.
// Prometheus 3 knows arithmetic of them too, behind a feature flag that is off unless somebody sets it: it is read as far
// as it takes to refuse it at the same place with the same words.
import { parseNumberToken } from './parse-literal'
import type { TokenReader } from './token-reader'

type Seconds = { value: number; from: number; to: number }

const maxSeconds = 2 ** 63 / 1e9
const precedence: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 }
const ofSign = 3

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

/** What stands after `offset`, in nanoseconds. */
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

/** Throws at the left operand of the operation that would be done first. */
function parseArithmetic(tokens: TokenReader, place: Place, lowest: number): Seconds {
  const left = parseOperand(tokens, place)
  const { word } = tokens.peek()
  const strength = precedence[word]
  if (strength === undefined || strength < lowest) return left
  tokens.next()
  parseArithmetic(tokens, place, word === '^' ? strength : strength + 1)
  throw refuseArithmetic(tokens, left)
}

function parseOperand(tokens: TokenReader, place: Place): Seconds {
  const sign = tokens.accept('+', '-')
  if (sign) {
    const operand = parseArithmetic(tokens, place, ofSign)
    return { value: sign.word === '-' ? -operand.value : operand.value, from: sign.from, to: operand.to }
  }
  if (tokens.accept('(')) {
    const inner = parseArithmetic(tokens, place, 0)
    if (!tokens.accept(')')) throw tokens.unexpected(place.context, place.expected)
    throw refuseArithmetic(tokens, inner)
  }
  const { from, kind, to } = tokens.peek()
  if (kind !== 'number' && kind !== 'duration') throw tokens.unexpected(place.context, place.expected)
  return { value: parseNumberToken(tokens), from, to }
}

function refuseArithmetic(tokens: TokenReader, operand: Seconds) {
  return tokens.refuse(operand, 'experimental duration expression is not enabled')
}
