// Tokens with a lookahead. The next one is read only when it is asked for, so that errors come in the order in which
// Prometheus's parser finds them.
import type { Features } from '../../features'
import { NO_FEATURES } from '../../features'
import type { PromqlError } from '../promql-error'
import { parseError } from '../promql-error'
import { Lexer } from './lexer'
import type { Token } from './token'
import { canNameMetric, describeToken } from './token'

/** More are refused: reading them would hold up everything else. */
const MOST_TOKENS = 10_000

export class TokenReader {
  /** Where the last token that was taken ends. */
  end = 0
  /** How many aggregations are being read: errors inside of them say so. */
  openAggregations = 0
  /** How many selectors were read, and how large the regular expressions are that they have, each counted once. */
  selectors = 0
  patternSize = 0
  readonly patterns = new Set<string>()
  private readonly lexer: Lexer
  private readonly ahead: Token[] = []
  private count = 0

  constructor(
    readonly text: string,
    readonly features: Features = NO_FEATURES,
  ) {
    this.lexer = new Lexer(text)
  }

  peek(): Token {
    return this.lookAhead(0)
  }

  /** Whether these words or signs come next, one after the other. */
  areNext(first: readonly string[], second: string): boolean {
    return this.isNext(...first) && this.lookAhead(1).word === second
  }

  private lookAhead(count: number): Token {
    while (this.ahead.length <= count) this.ahead.push(this.read())
    return this.ahead[count] ?? this.read()
  }

  private read(): Token {
    const token = this.lexer.next()
    if (++this.count > MOST_TOKENS) throw this.refuse(token, `expression has more than ${MOST_TOKENS} tokens`)
    return token
  }

  next(): Token {
    const token = this.peek()
    this.ahead.shift()
    this.end = token.to
    return token
  }

  /** Whether the next token is this word or sign, and not a string or a name that is written like it. */
  isNext(...wanted: string[]): boolean {
    const { kind, word } = this.peek()
    return kind !== 'string' && kind !== 'identifier' && wanted.includes(word)
  }

  /** Whether the next token can begin an expression. */
  isExpressionNext(): boolean {
    const token = this.peek()
    const isLiteral = token.kind === 'number' || token.kind === 'duration' || token.kind === 'string'
    return isLiteral || this.isNext('{', '(', '+', '-') || canNameMetric(token)
  }

  /** Takes the next token if it is this word or sign. */
  accept(...wanted: string[]): Token | undefined {
    return this.isNext(...wanted) ? this.next() : undefined
  }

  /** Takes a word or sign that must come next. */
  expect(wanted: string): Token {
    const token = this.accept(wanted)
    if (!token) throw this.unexpected()
    return token
  }

  /** The error of a token that can't stand here. */
  unexpected(context?: string, expected?: string): PromqlError {
    const token = this.peek()
    const within = context ?? (this.openAggregations > 0 ? 'aggregation' : '')
    const message = `unexpected ${describeToken(token)}${within && ` in ${within}`}`
    return this.refuse(token, expected === undefined ? message : `${message}, expected ${expected}`)
  }

  refuse({ from, to }: { from: number; to: number }, message: string): PromqlError {
    return parseError(this.text, message, from, to)
  }
}
