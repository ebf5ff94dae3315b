// Lists of labels, and the words before them: by, without, on, ignoring, group_left, group_right.
import type { Grouping, VectorMatching } from '../ast'
import { isMalformed, parseNumberToken, quoteLiteral, unquote } from './parse-literal'
import { canNameLabel } from './token'
import type { TokenReader } from './token-reader'

/** `by (...)` or `without (...)`, if it comes next. */
export function parseGrouping(tokens: TokenReader): Grouping | undefined {
  const word = tokens.accept('by', 'without')
  return word && { without: word.word === 'without', labels: parseLabels(tokens) }
}

/** What stands between a binary operator and its right operand. */
export function parseMatching(tokens: TokenReader): { bool: boolean; matching: VectorMatching } {
  const bool = tokens.accept('bool') !== undefined
  const matching: VectorMatching = { card: 'one-to-one', on: false, labels: [], include: [] }
  const word = tokens.accept('on', 'ignoring')
  if (word) {
    matching.on = word.word === 'on'
    matching.labels = parseLabels(tokens)
    const group = tokens.accept('group_left', 'group_right')
    if (group) {
      matching.card = group.word === 'group_left' ? 'many-to-one' : 'one-to-many'
      if (tokens.isNext('(') || !tokens.isExpressionNext()) matching.include = parseLabels(tokens)
    }
  }
  const fill = parseFill(tokens)
  if (fill) matching.fill = fill
  return { bool, matching }
}

/** `fill(0)`, or one or both of `fill_left(0)` and `fill_right(0)` in any order. */
function parseFill(tokens: TokenReader): VectorMatching['fill'] {
  const [left, right] = ['fill_left', 'fill_right']
  if (tokens.areNext(['fill'], '(')) {
    const value = parseFillValue(tokens)
    return { left: value, right: value }
  }
  if (tokens.areNext([left], '(')) {
    const filled = { left: parseFillValue(tokens) }
    return tokens.areNext([right], '(') ? { ...filled, right: parseFillValue(tokens) } : filled
  }
  if (!tokens.areNext([right], '(')) return undefined
  const filled = { right: parseFillValue(tokens) }
  return tokens.areNext([left], '(') ? { ...filled, left: parseFillValue(tokens) } : filled
}

function parseFillValue(tokens: TokenReader): number {
  const word = tokens.next()
  if (!tokens.features.fillModifiers) {
    const flag = '--enable-feature=promql-binop-fill-modifiers'
    throw tokens.refuse(word, `fill modifiers are experimental and must be enabled with ${flag}`)
  }
  tokens.expect('(')
  const sign = tokens.accept('+', '-')
  const { kind } = tokens.peek()
  if (kind !== 'number' && kind !== 'duration') throw tokens.unexpected('fill modifier', 'number')
  const value = parseNumberToken(tokens)
  tokens.expect(')')
  return sign?.word === '-' ? -value : value
}

function parseLabels(tokens: TokenReader): string[] {
  if (!tokens.accept('(')) throw tokens.unexpected('grouping opts', '"("')
  const labels: string[] = []
  while (!tokens.accept(')')) {
    labels.push(parseLabel(tokens))
    if (tokens.accept(')')) break
    if (!tokens.accept(',')) throw tokens.unexpected('grouping opts', '"," or ")"')
  }
  return labels
}

function parseLabel(tokens: TokenReader): string {
  const isString = tokens.peek().kind === 'string'
  if (!isString && !canNameLabel(tokens.peek())) throw tokens.unexpected('grouping opts', 'label')
  const token = tokens.next()
  const name = isString ? unquote(token.text) : token.text
  // A name without quotes can be neither.
  if (isString && (name === '' || isMalformed(token.text))) {
    throw tokens.refuse(token, `invalid label name for grouping: ${quoteLiteral(token.text)}`)
  }
  return name
}
