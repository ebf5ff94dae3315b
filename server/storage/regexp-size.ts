// Estimates the size of a compiled regular expression from its text alone. Compiling is what takes long, so a check afterwards
// would be too late.

/** A class such as \pL has hundreds of ranges: to read it, and to look through it, costs as much as so many instructions. */
const READ_UNICODE_CLASS = 50
const KEEP_UNICODE_CLASS = 25
/** So many characters of a class in brackets cost as much as one more instruction. */
const CLASS_CHARACTERS_PER_INSTRUCTION = 20
/** As many code points of a range as have their other cases looked up in the time of one instruction. */
const FOLDS_PER_INSTRUCTION = 32
/** The same for all of \W and its like. */
const READ_FOLDED_CLASS = 3
/** RE2 refuses more by itself, those of repetitions inside of repetitions multiplied. */
const MAX_REPEATS = 1000
/** A group that captures marks its ends, any may hold nothing, and so may what stands behind a bar. */
const CAPTURE = 2
const NOTHING = 1
const BAR = 2
/** What every expression has, and takes. */
const REST = 5
/** What a star or a question mark adds. */
const LOOP = 2

const FLAGS = /\(\?[a-z-]*\)/iy
const GROUP = /\(\?[a-z-]*:/iy
const REPETITION = /\{(\d+)(,?)(\d*)\}/y
const UNICODE_CLASS = /\\p(?:\{[^}]{0,99}\}|.?)/isy
const CODE_POINT = /\\x(?:\{[\da-f]*\})?/iy
const QUOTED = /\\Q(.*?)(?:\\E|$)/sy
const CLASS_START = /\[\^?\]?/y
const NAMED_CLASS = /\[:\^?[a-z]+:\]|\\[dsw]/iy
const CLASS_MEMBER = /\\x(?:\{([\da-f]*)\}|([\da-f]{2}))|\\?(.)/isuy
const UP_TO = /-(?!\])/y

/**
 * At least as many instructions as re2js makes of the expression, and more where they take longer to make. Of a malformed
 * one, at least what is read until that is found out.
 */
export function sizeOfRegexp(source: string): number {
  return new SizeReader(source).read()
}

class SizeReader {
  #at = 0
  /** What is read only once, however often it is repeated. */
  #reading = 0
  /** Of the innermost group: all of it until now, and its last atom, which a repetition is about. */
  #whole = 0
  #last = 0
  /** The most that anything in the group, or in its last atom, is repeated. */
  #repeats = 1
  #lastRepeats = 1
  readonly #outer: { whole: number; repeats: number; marks: number }[] = []
  readonly #ignoresCase: boolean

  constructor(private readonly source: string) {
    this.#ignoresCase = /\(\?[a-zA-Z-]*i/.test(source)
  }

  read(): number {
    while (this.#at < this.source.length) {
      this.#readNext()
      if (this.#repeats > MAX_REPEATS) return this.#at + this.#reading
    }
    while (this.#outer.length > 0) this.#close()
    return REST + this.#whole + this.#reading
  }

  #readNext(): void {
    const character = this.source[this.#at] ?? ''
    if (character === '\\') this.#escape()
    else if (character === '[') this.#class()
    else if (character === '(') this.#open()
    else if (character !== '{' || !this.#repetition()) {
      this.#at++
      if (character === ')') this.#close()
      else if ('*+?'.includes(character)) this.#repeat(1, LOOP)
      else this.#add(character === '|' ? BAR : 1)
    }
  }

  #add(size: number, repeats = 1): void {
    this.#whole += size
    this.#last = size
    this.#lastRepeats = repeats
    this.#repeats = Math.max(this.#repeats, repeats)
  }

  /** The last atom so many times, and some instructions more. */
  #repeat(count: number, more: number): void {
    this.#whole -= this.#last
    this.#add(this.#last * count + more, this.#lastRepeats * count)
  }

  /** Braces that hold no repetition stand for themselves. */
  #repetition(): boolean {
    const repetition = this.#take(REPETITION)
    if (repetition === undefined) return false
    const [, least = '', comma, most] = repetition
    const count = Math.max(1, Number(least), Number(most))
    this.#repeat(count, comma === '' ? 0 : Math.max(LOOP, count - Number(least)))
    return true
  }

  #open(): void {
    const isSpecial = this.source[this.#at + 1] === '?'
    if (isSpecial && this.#take(FLAGS) !== undefined) return
    const marks = isSpecial && this.#take(GROUP) !== undefined ? 0 : CAPTURE
    if (marks > 0) this.#at += isSpecial ? 2 : 1
    this.#outer.push({ whole: this.#whole, repeats: this.#repeats, marks })
    this.#whole = 0
    this.#last = 0
    this.#repeats = 1
  }

  #close(): void {
    const outer = this.#outer.pop() ?? { whole: 0, repeats: 1, marks: 0 }
    const size = this.#whole + NOTHING + outer.marks
    const repeats = this.#repeats
    this.#whole = outer.whole
    this.#repeats = outer.repeats
    this.#add(size, repeats)
  }

  #escape(): void {
    const letter = this.source[this.#at + 1] ?? ''
    if (letter === 'Q') {
      this.#add(this.#take(QUOTED)?.[1]?.length ?? 0)
      this.#last = 1
    } else if (letter === 'p' || letter === 'P') {
      this.#take(UNICODE_CLASS)
      this.#reading += READ_UNICODE_CLASS
      this.#add(KEEP_UNICODE_CLASS)
    } else {
      if (letter !== 'x' || this.#take(CODE_POINT) === undefined) this.#at += 2
      if (this.#ignoresCase && 'DSW'.includes(letter)) this.#reading += READ_FOLDED_CLASS
      this.#add(1)
    }
  }

  #class(): void {
    const begin = this.#at
    let unicodeClasses = 0
    this.#take(CLASS_START)
    while (this.#at < this.source.length && this.source[this.#at] !== ']') {
      if (this.#take(UNICODE_CLASS) !== undefined) unicodeClasses++
      else if (this.#take(NAMED_CLASS) === undefined) this.#range()
    }
    this.#at++
    const length = this.#at - begin
    this.#reading += length + unicodeClasses * READ_UNICODE_CLASS
    this.#add(1 + Math.floor(length / CLASS_CHARACTERS_PER_INSTRUCTION) + unicodeClasses * KEEP_UNICODE_CLASS)
  }

  /** A character of a class, or two with all between them. */
  #range(): void {
    const from = this.#codePoint()
    const to = this.#take(UP_TO) === undefined ? from : this.#codePoint()
    if (this.#ignoresCase) this.#reading += Math.ceil(Math.max(0, to - from) / FOLDS_PER_INSTRUCTION)
  }

  #codePoint(): number {
    const [, inBraces, digits = inBraces, character = ''] = this.#take(CLASS_MEMBER) ?? []
    return digits === undefined ? (character.codePointAt(0) ?? 0) : Number.parseInt(digits, 16) || 0
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at
    const match = expression.exec(this.source)
    if (match === null) return undefined
    this.#at = expression.lastIndex
    return match
  }
}
