// Text to tokens, one at a time, by the rules of Prometheus's lexer: inside braces and brackets other words count.
import { quoteCharacter, quoteText } from '../go-quote'
import { parseError } from '../promql-error'
import { Cursor } from './cursor'
import { lexNumberOrDuration } from './lex-number'
import { lexString } from './lex-string'
import type { Token, TokenKind } from './token'
import { kindOfWord } from './token'

const blanks = /[ \t\n\r]*/y
const blanksAndComments = /(?:[ \t\n\r]|#[^\n]*)*/y
const word = /[a-zA-Z_:][\w:]*/y
const numberStart = /\.?\d/y
const labelName = /[a-zA-Z_]\w*/y
/** What durations in brackets are made of besides numbers and signs. */
const durationWord = /(?:step|range|min_of|max_of)(?!\w)/iy

export class Lexer {
  private readonly cursor: Cursor
  private start = 0
  private openParens = 0
  private place: 'expression' | 'braces' | 'brackets' | 'start of brackets' = 'expression'
  private hasColon = false
  private hasDuration = false

  constructor(private readonly text: string) {
    this.cursor = new Cursor(text)
  }

  /** Throws PromqlError where no token can be read. */
  next(): Token {
    this.cursor.acceptPattern(this.place === 'start of brackets' ? blanks : blanksAndComments)
    this.start = this.cursor.at
    if (this.place === 'braces') return this.inBraces()
    if (this.place === 'start of brackets') return this.atStartOfBrackets()
    return this.inExpression()
  }

  private inExpression(): Token {
    const character = this.cursor.peek()
    if (character === '') {
      if (this.openParens > 0) throw this.refuse('unclosed left parenthesis')
      if (this.place === 'brackets') throw this.refuse('unclosed left bracket')
      return this.token('end of input')
    }
    if (this.isNumberNext()) return this.number()
    if (/^[a-zA-Z_:]$/.test(character)) {
      return this.place === 'brackets' ? (this.durationWord() ?? this.colon()) : this.word()
    }
    this.cursor.next()
    switch (character) {
      case '"':
      case "'":
      case '`':
        return this.string(character)
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
      case '^':
      case '@':
        return this.token('operator')
      case '=':
        if (this.cursor.peek() === '~') throw this.refuse(`unexpected character after '=': '~'`)
        return this.token(this.cursor.accept('=') ? 'operator' : 'punctuation')
      case '!': {
        const second = this.cursor.next()
        if (second !== '=') throw this.refuse(`unexpected character after '!': ${quoteNext(second)}`)
        return this.token('operator')
      }
      case '<':
      case '>':
        // Each of them trims native histograms when a slash comes after it.
        if (!this.cursor.accept('=')) this.cursor.accept('/')
        return this.token('operator')
      case ',':
        return this.token('punctuation')
      default:
        return this.bracket(character)
    }
  }

  private bracket(character: string): Token {
    const token = this.token('punctuation')
    const refuse = (what: string) => this.refuseAt(token.to, `unexpected ${what} ${quoteCharacter(character)}`)
    switch (character) {
      case '(':
        this.openParens++
        return token
      case ')':
        this.openParens--
        if (this.openParens < 0) throw refuse('right parenthesis')
        return token
      case '{':
        this.place = 'braces'
        return token
      case '[':
        if (this.place === 'brackets') throw this.refuse(`unexpected left bracket ${quoteCharacter(character)}`)
        this.place = 'start of brackets'
        this.hasColon = false
        this.hasDuration = false
        return token
      case ']':
        if (this.place !== 'brackets') throw this.refuse(`unexpected right bracket ${quoteCharacter(character)}`)
        this.place = 'expression'
        return token
      default:
        throw this.refuse(`unexpected character: ${quoteCharacter(character)}`)
    }
  }

  private inBraces(): Token {
    if (this.cursor.acceptPattern(labelName) !== '') return this.token('identifier')
    const character = this.cursor.next()
    switch (character) {
      case '':
        throw this.refuse('unexpected end of input inside braces')
      case '"':
      case "'":
      case '`':
        return this.string(character)
      case ',':
        return this.token('punctuation')
      case '=':
        return this.token(this.cursor.accept('~') ? 'operator' : 'punctuation')
      case '!': {
        const second = this.cursor.next()
        if (second === '~' || second === '=') return this.token('operator')
        throw this.refuse(`unexpected character after '!' inside braces: ${quoteNext(second)}`)
      }
      case '{':
        throw this.refuse(`unexpected left brace '{'`)
      case '}':
        this.place = 'expression'
        return this.token('punctuation')
      default:
        throw this.refuse(`unexpected character inside braces: ${quoteCharacter(character)}`)
    }
  }

  private durationWord(): Token | undefined {
    if (this.cursor.acceptPattern(durationWord) === '') return undefined
    this.place = 'brackets'
    this.hasDuration = true
    return this.token('keyword')
  }

  /** Until the first number or word, brackets hold nothing but signs and parentheses. */
  private atStartOfBrackets(): Token {
    const word = this.durationWord()
    if (word) return word
    if (this.isNumberNext()) {
      this.place = 'brackets'
      this.hasDuration = true
      return this.number()
    }
    const character = this.cursor.next()
    if (character === '') throw this.refuse('unexpected end of input in duration expression')
    if ('+-*/%^'.includes(character)) return this.token('operator')
    if (character === '(' || character === ')') return this.bracket(character)
    if (character === ']') {
      this.place = 'expression'
      return this.token('punctuation')
    }
    if (character !== ':')
      throw this.refuse(`unexpected character in duration expression: ${quoteCharacter(character)}`)
    throw this.refuseAt(this.cursor.at, 'unexpected colon before duration in duration expression')
  }

  /** Between the durations of a subquery. */
  private colon(): Token {
    const character = this.cursor.next()
    if (character !== ':') throw this.refuse(`unexpected character: ${quoteCharacter(character)}, expected ':'`)
    if (this.hasColon || !this.hasDuration) throw this.refuse(`unexpected colon ${quoteCharacter(character)}`)
    this.hasColon = true
    return this.token('punctuation')
  }

  private number(): Token {
    const kind = lexNumberOrDuration(this.cursor)
    if (kind) return this.token(kind)
    const source = this.text.slice(this.start, this.cursor.at)
    throw this.refuse(`bad number or duration syntax: ${quoteText(source)}`)
  }

  private isNumberNext(): boolean {
    numberStart.lastIndex = this.cursor.at
    return numberStart.test(this.text)
  }

  private string(quote: string): Token {
    const wrong = lexString(this.cursor, quote)
    if (wrong !== undefined) throw this.refuse(wrong)
    return this.token('string')
  }

  private word(): Token {
    return this.token(kindOfWord(this.cursor.acceptPattern(word)))
  }

  private token(kind: TokenKind): Token {
    const text = this.text.slice(this.start, this.cursor.at)
    return { kind, word: text.toLowerCase(), text, from: this.start, to: this.cursor.at }
  }

  private refuse(message: string) {
    return this.refuseAt(this.start, message)
  }

  private refuseAt(from: number, message: string) {
    return parseError(this.text, message, from, this.text.length)
  }
}

/** Go prints the end of input as the character that it has for errors. */
function quoteNext(character: string): string {
  return quoteCharacter(character === '' ? '\ufffd' : character)
}
