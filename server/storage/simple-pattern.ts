// Patterns that need no engine, which most of a dashboard's are: a list of texts (`a|b\.c`, `foo(bar|baz)`, `[45]xx`), and
// texts with anything in between (`/api/.*`, `.*(cat|dog).+`). They mean exactly what RE2 means by them.

/** Texts in this order, the first at the start and the last at the end. `gaps[i]` is how much lies at least behind `texts[i]`. */
type Glob = { texts: readonly string[]; gaps: readonly (0 | 1)[] }

export type SimplePattern = {
  test: (value: string) => boolean
  /** The only values that match, where they can be listed. */
  literals: ReadonlySet<string> | undefined
  /** How many characters are compared at most to try a value: once, and for each character of the value. */
  comparisons: { once: number; perCharacter: number }
  /** How many texts there are, and how many characters they have together with their ends. */
  count: number
  length: number
}

/** What products such as `(a|b)(c|d)` have when they are written out: characters and ends, of all of a pattern. */
const MAX_PRODUCT_LENGTH = 65_536
/** How often two of them are joined, products or not. */
const MAX_JOINS = 20_000
/** Of one glob. */
const MAX_TEXTS = 100
const MAX_NESTED_GROUPS = 50
const MAX_CLASS_MEMBERS = 256
/** To look at a text at all takes as long as so many comparisons. */
const COMPARISONS_PER_TEXT = 16

/** Undefined where the pattern is anything else, malformed ones included. */
export function parseSimple(source: string): SimplePattern | undefined {
  if (/\p{Cs}/u.test(source)) return undefined
  const globs = new SimpleReader(source).read()
  if (globs === undefined) return undefined
  const literals = new Set<string>()
  const open: Glob[] = []
  let once = COMPARISONS_PER_TEXT
  let perCharacter = 0
  for (const glob of globs) {
    const { gaps, texts } = glob
    if (gaps.length === 0) {
      literals.add(texts[0] ?? '')
      continue
    }
    open.push(glob)
    for (const text of texts) once += COMPARISONS_PER_TEXT + text.length
    for (const text of texts.slice(1, -1)) perCharacter += text.length
  }
  const isOpen = (value: string) => {
    for (const glob of open) if (isGlobOf(glob, value)) return true
    return false
  }
  const isLiteral = (value: string) => literals.has(value)
  return {
    test: open.length === 0 ? isLiteral : literals.size === 0 ? isOpen : (value) => isLiteral(value) || isOpen(value),
    literals: open.length === 0 ? literals : undefined,
    comparisons: { once, perCharacter },
    count: globs.length,
    length: lengthOf(globs),
  }
}

/** Texts are whole characters, so each gap is as well. */
function isGlobOf({ gaps, texts }: Glob, value: string): boolean {
  const first = texts[0] ?? ''
  const last = texts.at(-1) ?? ''
  const end = value.length - last.length
  if (!value.startsWith(first) || !value.endsWith(last)) return false
  let at = first.length
  for (let i = 1; i < texts.length - 1; i++) {
    const text = texts[i] ?? ''
    const found = value.indexOf(text, at + (gaps[i - 1] ?? 0))
    if (found < 0) return false
    at = found + text.length
  }
  return at + (gaps.at(-1) ?? 0) <= end
}

const EMPTY: Glob = { texts: [''], gaps: [] }
/** What stands for itself, but for what a quantifier is about. A `{` may be a repetition, and is left to the engine. */
const PLAIN_TEXT = /[^\\^$.*+?()[{|]+(?![*+?{])/uy
const PLAIN = /[^\\^$.*+?()[{|]/uy
const ESCAPED = /\\([!-/:-@[-`{-~])/y
const CLASS_TEXT = /[^\\[\]^-]+(?!-)/uy
const CLASS_MEMBER = /\\([!-/:-@[-`{-~])|[^\\[\]^-]/uy
const QUANTIFIER = /[*+?{]/y

/** Its methods return undefined where the pattern is not simple. */
class SimpleReader {
  #at = 0
  #productLength = 0
  #joins = 0

  constructor(private readonly source: string) {}

  read(): Glob[] | undefined {
    const globs = this.#alternatives(0)
    return this.#at === this.source.length ? globs : undefined
  }

  #alternatives(depth: number): Glob[] | undefined {
    const first = this.#sequence(depth)
    if (first === undefined || !this.#accept('|')) return first
    const all = [...first]
    do {
      const more = this.#sequence(depth)
      if (more === undefined) return undefined
      for (const glob of more) all.push(glob)
    } while (this.#accept('|'))
    return all
  }

  #sequence(depth: number): Glob[] | undefined {
    let sequence = [EMPTY]
    /** Texts that come one behind the other are joined first: a product for each character would take too long. */
    let text = ''
    if (depth === 0) while (this.#accept('^'));
    while (!this.#isAtEndOf(depth)) {
      const plain = this.#take(PLAIN_TEXT)
      if (plain !== undefined) {
        text += plain
        continue
      }
      const atom = this.#atom(depth)
      if (atom === undefined) return undefined
      const [only] = atom
      if (atom.length === 1 && only !== undefined && only.gaps.length === 0) {
        text += only.texts[0] ?? ''
        continue
      }
      const before = this.#product(sequence, [textGlob(text)])
      const product = before && this.#product(before, atom)
      if (product === undefined) return undefined
      sequence = product
      text = ''
    }
    return this.#product(sequence, [textGlob(text)])
  }

  /** It takes anchors at the end of the whole as well. */
  #isAtEndOf(depth: number): boolean {
    const { source } = this
    if (depth === 0 && source[this.#at] === '$' && (source[this.#at + 1] ?? '|') === '|') this.#at++
    const next = source[this.#at]
    return next === undefined || next === '|' || next === ')'
  }

  /** A character, a class or a group, with what says how often it comes. */
  #atom(depth: number): Glob[] | undefined {
    const isAnything = this.#accept('.')
    const atom = isAnything ? this.#gap() : this.#oneOf(depth)
    if (atom === undefined) return undefined
    const isOptional = !isAnything && this.#accept('?')
    // It takes as little as it can, which makes no difference to whether it matches.
    if (isAnything || isOptional) this.#accept('?')
    if (this.#take(QUANTIFIER) !== undefined) return undefined
    return isOptional ? [...atom, EMPTY] : atom
  }

  #gap(): Glob[] | undefined {
    if (this.#accept('*')) return [{ texts: ['', ''], gaps: [0] }]
    return this.#accept('+') ? [{ texts: ['', ''], gaps: [1] }] : undefined
  }

  #oneOf(depth: number): Glob[] | undefined {
    const plain = this.#take(PLAIN) ?? this.#take(ESCAPED)
    if (plain !== undefined) return [textGlob(plain)]
    if (this.#accept('[')) return this.#class()
    return this.#accept('(') ? this.#group(depth) : undefined
  }

  #group(depth: number): Glob[] | undefined {
    if (depth >= MAX_NESTED_GROUPS || (this.#accept('?') && !this.#accept(':'))) return undefined
    const globs = this.#alternatives(depth + 1)
    return this.#accept(')') ? globs : undefined
  }

  #class(): Glob[] | undefined {
    const members: string[] = []
    while (!this.#accept(']')) {
      const plain = this.#take(CLASS_TEXT)
      if (plain !== undefined) {
        for (const member of plain) members.push(member)
        continue
      }
      const first = this.#take(CLASS_MEMBER)
      const last = this.#accept('-') ? this.#take(CLASS_MEMBER) : first
      if (first === undefined || last === undefined) return undefined
      const [from = 0, to = 0] = [first.codePointAt(0), last.codePointAt(0)]
      if (from > to || to - from >= MAX_CLASS_MEMBERS) return undefined
      for (let code = from; code <= to; code++) members.push(String.fromCodePoint(code))
    }
    return members.length > 0 && members.length <= MAX_CLASS_MEMBERS ? members.map(textGlob) : undefined
  }

  /** Each of the left before each of the right. */
  #product(left: Glob[], right: Glob[]): Glob[] | undefined {
    if (isEmpty(left)) return right
    if (isEmpty(right)) return left
    if (left.length + right.length > 2) {
      this.#productLength += right.length * lengthOf(left) + left.length * lengthOf(right)
    }
    this.#joins += left.length * right.length
    if (this.#productLength > MAX_PRODUCT_LENGTH || this.#joins > MAX_JOINS) return undefined
    const product: Glob[] = []
    for (const one of left) {
      for (const other of right) {
        const joined = join(one, other)
        if (joined === undefined) return undefined
        product.push(joined)
      }
    }
    return product
  }

  #accept(character: string): boolean {
    if (this.source[this.#at] !== character) return false
    this.#at++
    return true
  }

  /** The first group of what the expression matches here, or all of it. */
  #take(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at
    const match = expression.exec(this.source)
    if (match === null) return undefined
    this.#at = expression.lastIndex
    return match[1] ?? match[0]
  }
}

function textGlob(text: string): Glob {
  return text === '' ? EMPTY : { texts: [text], gaps: [] }
}

function isEmpty(globs: readonly Glob[]): boolean {
  return globs.length === 1 && globs[0] === EMPTY
}

function lengthOf(globs: readonly Glob[]): number {
  let length = 0
  for (const { texts } of globs) for (const text of texts) length += text.length + 1
  return length
}

/** Gaps that meet become one; undefined where that would have to be longer than one character, and past `MAX_TEXTS`. */
function join(left: Glob, right: Glob): Glob | undefined {
  if (left.texts.length + right.texts.length > MAX_TEXTS) return undefined
  const texts = [
    ...left.texts.slice(0, -1),
    (left.texts.at(-1) ?? '') + (right.texts[0] ?? ''),
    ...right.texts.slice(1),
  ]
  const gaps = [...left.gaps, ...right.gaps]
  const seam = left.texts.length - 1
  const [before, after] = [gaps[seam - 1], gaps[seam]]
  if (texts[seam] !== '' || before === undefined || after === undefined) return { texts, gaps }
  if (before + after > 1) return undefined
  texts.splice(seam, 1)
  gaps.splice(seam - 1, 2, before === 1 || after === 1 ? 1 : 0)
  return { texts, gaps }
}
