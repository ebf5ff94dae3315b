// Builds a long text quickly: characters go straight into bytes, which become a string one chunk at a time. Most of
// an exposition is ASCII in strings of a few characters, where concatenation costs far more than copying.
import { escapeQuoted } from './escape'
import { formatFloat } from './number'

/** As many bytes as fit well into a processor's cache; a chunk is longer only by the rest of its last line. */
const CHUNK_BYTES = 65_536

/** No character of a JavaScript string takes more bytes than this in UTF-8. */
const MAX_BYTES_PER_CODE_UNIT = 3

export class TextWriter {
  private bytes = Buffer.allocUnsafe(CHUNK_BYTES * 2)
  private length = 0

  get hasChunk(): boolean {
    return this.length >= CHUNK_BYTES
  }

  /** What was written since the last time. Lone surrogates have become U+FFFD. */
  take(): string {
    const text = this.bytes.toString('utf8', 0, this.length)
    this.length = 0
    return text
  }

  /** Text as it is. */
  write(text: string): void {
    this.reserve(text.length)
    const { bytes } = this
    let end = this.length
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) {
        this.writeAny(text)
        return
      }
      bytes[end++] = code
    }
    this.length = end
  }

  /** Text as it stands between quotes, escaped. */
  writeQuoted(text: string): void {
    this.reserve(text.length)
    const { bytes } = this
    let end = this.length
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f || code === QUOTE || code === BACKSLASH || code === LINE_FEED) {
        this.writeAny(escapeQuoted(text))
        return
      }
      bytes[end++] = code
    }
    this.length = end
  }

  /** A value, with its digits written in place where it is a count: almost all values of an exposition are. */
  writeFloat(value: number): void {
    if ((value | 0) !== value || value < 0 || Object.is(value, -0)) {
      this.write(formatFloat(value))
      return
    }
    this.reserve(MAX_INT_DIGITS)
    let rest = value
    let start = this.length + digitsOf(value)
    this.length = start
    do {
      const tens = (rest / 10) | 0
      this.bytes[--start] = ZERO + rest - tens * 10
      rest = tens
    } while (rest > 0)
  }

  private writeAny(text: string): void {
    this.reserve(text.length)
    this.length += this.bytes.write(text, this.length)
  }

  private reserve(codeUnits: number): void {
    const needed = this.length + codeUnits * MAX_BYTES_PER_CODE_UNIT
    if (needed <= this.bytes.length) return
    const grown = Buffer.allocUnsafe(needed * 2)
    this.bytes.copy(grown, 0, 0, this.length)
    this.bytes = grown
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LINE_FEED = 0x0a
const ZERO = 0x30
const MAX_INT_DIGITS = 10

function digitsOf(value: number): number {
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  return digits
}
