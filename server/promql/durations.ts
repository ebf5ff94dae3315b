// Durations in brackets and after `offset`: a number of seconds, a duration literal, or arithmetic of them.
import type { SyntaxNode } from '@lezer/common'
import { parseNumber } from './literals'
import { parseError } from './promql-error'

const maxSeconds = 2 ** 63 / 1e9

/** The value of a DurationExpr or OffsetDurationExpr node in nanoseconds, rounded as Prometheus rounds it. */
export function durationNs(node: SyntaxNode, text: string): number {
  const seconds = durationSeconds(node, text)
  if (!(Math.abs(seconds) < maxSeconds)) throw parseError(text, 'duration out of range', node.from, node.to)
  return Math.sign(seconds) * Math.round(Math.abs(seconds) * 1e9)
}

function durationSeconds(node: SyntaxNode, text: string): number {
  const refuse = (message: string) => parseError(text, message, node.from, node.to)
  const source = text.slice(node.from, node.to)
  if (node.name === 'NumberDurationLiteralInDurationContext') {
    const value = parseNumber(source)
    if (value === undefined) throw refuse(`not a valid duration string: ${JSON.stringify(source)}`)
    return value
  }
  const operands = [...node.getChildren('DurationExpr'), ...node.getChildren('OffsetDurationExpr')]
  const [left, right] = operands
  const literal = node.getChild('NumberDurationLiteralInDurationContext')
  if (literal) return durationSeconds(literal, text)
  const step = ['DurationStep', 'DurationRange', 'DurationMinOf', 'DurationMaxOf'].find((name) => node.getChild(name))
  if (step !== undefined || !left) throw refuse(`unsupported duration expression: ${source}`)
  const a = durationSeconds(left, text)
  if (!right) return text[node.from] === '-' ? -a : a
  const b = durationSeconds(right, text)
  const op = left.nextSibling?.name
  if ((op === 'Div' || op === 'Mod') && b === 0) throw refuse(op === 'Div' ? 'division by zero' : 'modulo by zero')
  switch (op) {
    case 'Add':
      return a + b
    case 'Sub':
      return a - b
    case 'Mul':
      return a * b
    case 'Div':
      return a / b
    case 'Mod':
      return a % b
    default:
      return a ** b
  }
}
