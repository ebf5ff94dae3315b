// Lists of labels, and the words before them: by, without, on, ignoring, group_left, group_right.
import type { Grouping, VectorMatching } from '../ast'
import { quoteText } from '../go-quote'
import { unquote } from './parse-literal'
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
  if (!word) return { bool, matching }
  matching.on = word.word === 'on'
  matching.labels = parseLabels(tokens)
  const group = tokens.accept('group_left', 'group_right')
  if (!group) return { bool, matching }
  matching.card = group.word === 'group_left' ? 'many-to-one' : 'one-to-many'
  if (tokens.isNext('(') || !tokens.isExpressionNext()) matching.include = parseLabels(tokens)
  return { bool, matching }
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
  if (name === '') throw tokens.refuse(token, `invalid label name for grouping: ${quoteText(name)}`)
  return name
}
