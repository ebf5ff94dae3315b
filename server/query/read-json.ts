// JSON of any length, read in slices (server/slices.ts): lists and objects by runs of their elements, which JSON.parse
// reads. That takes about as long as JSON.parse of all at once.

/** Of a run: the work of a millisecond. */
const RUN_BYTES = 32 * 1024
/** How deep values may be nested that are longer than a run. In Prometheus's answers there are four levels. */
const MOST_LEVELS = 16

const [QUOTE, BACKSLASH, COMMA, COLON, SPACE] = [0x22, 0x5c, 0x2c, 0x3a, 0x20]
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]

/** What JSON.parse gives for UTF-8. Throws SyntaxError as it does, and for more than MOST_LEVELS. */
export function* readJson(text: Buffer): Generator<void, unknown> {
  if (text.length <= RUN_BYTES) return JSON.parse(text.toString())
  const reader = new JsonReader(text)
  const value = yield* reader.readLong(0)
  if (!reader.isAtEnd()) throw reader.unexpected()
  return value
}

class JsonReader {
  private at = 0

  constructor(private readonly text: Buffer) {}

  *readLong(level: number): Generator<void, unknown> {
    yield
    if (this.takes(QUOTE)) return JSON.parse(`"${this.take(yield* endOfText(this.text, this.at))}`)
    if (level === MOST_LEVELS) throw new SyntaxError(`expected at most ${MOST_LEVELS} levels of long values, got more`)
    if (this.takes(OPENING_BRACKET)) return yield* this.readList(level + 1)
    if (this.takes(OPENING_BRACE)) return yield* this.readObject(level + 1)
    // A short value that stands among long white space.
    return JSON.parse(this.take(endOfWord(this.text, this.at)))
  }

  private *readList(level: number): Generator<void, unknown[]> {
    const list: unknown[] = []
    if (this.takes(CLOSING_BRACKET)) return list
    do {
      const run = this.takeRun()
      if (run === '') list.push(yield* this.readLong(level))
      else list.push(...JSON.parse(`[${run}]`))
      yield
    } while (this.takes(COMMA))
    this.expect(CLOSING_BRACKET)
    return list
  }

  private *readObject(level: number): Generator<void, object> {
    const entries: [string, unknown][] = []
    if (this.takes(CLOSING_BRACE)) return {}
    do {
      const run = this.takeRun()
      if (run === '') entries.push(yield* this.readEntry(level))
      else entries.push(...Object.entries(JSON.parse(`{${run}}`)))
      yield
    } while (this.takes(COMMA))
    this.expect(CLOSING_BRACE)
    return Object.fromEntries(entries)
  }

  private *readEntry(level: number): Generator<void, [string, unknown]> {
    const key = yield* this.readLong(level)
    if (typeof key !== 'string') throw this.unexpected()
    this.expect(COLON)
    return [key, yield* this.readLong(level)]
  }

  isAtEnd(): boolean {
    while (isSpace(this.text[this.at])) this.at++
    return this.at === this.text.length
  }

  unexpected(): SyntaxError {
    return new SyntaxError(`unexpected token in JSON at position ${this.at}`)
  }

  private expect(byte: number): void {
    if (!this.takes(byte)) throw this.unexpected()
  }

  private takes(byte: number): boolean {
    if (this.isAtEnd() || this.text[this.at] !== byte) return false
    this.at++
    return true
  }

  private takeRun(): string {
    this.isAtEnd()
    return this.take(endOfRun(this.text, this.at))
  }

  private take(end: number): string {
    const taken = this.text.toString('utf8', this.at, end)
    this.at = end
    return taken
  }
}

/** Where the last of the elements ends that begin at `start` and are complete within a run; `start` if there is none. */
function endOfRun(text: Buffer, start: number): number {
  const limit = Math.min(text.length, start + RUN_BYTES)
  let end = start
  let level = 0
  let isQuoted = false
  for (let i = start; i < limit; i++) {
    const byte = text[i]
    if (isQuoted) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) isQuoted = false
    } else if (byte === QUOTE) isQuoted = true
    else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) level++
    else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
      if (level === 0) return i
      level--
    } else if (byte === COMMA && level === 0) end = i
  }
  return end
}

/** Where the text ends, with its quote, whose first character is at `start`. */
function* endOfText(text: Buffer, start: number): Generator<void, number> {
  for (let from = start; ; ) {
    const quote = text.indexOf(QUOTE, from)
    if (quote === -1) throw new SyntaxError('unterminated string in JSON')
    let backslashes = 0
    while (quote - backslashes > start && text[quote - backslashes - 1] === BACKSLASH) backslashes++
    from = quote + 1
    if (backslashes % 2 === 0) return from
    yield
  }
}

function endOfWord(text: Buffer, start: number): number {
  for (let i = start; i < start + RUN_BYTES; i++) {
    const byte = text[i]
    if (isSpace(byte) || byte === COMMA || byte === CLOSING_BRACKET || byte === CLOSING_BRACE) return i
  }
  return start
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09
}
