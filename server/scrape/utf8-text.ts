// Bytes as text, also where they are not UTF-8: Prometheus takes them in comments, and says where it doesn't.
import { isUtf8 } from 'node:buffer'

/** A byte that is no UTF-8 becomes the half of a surrogate pair, which no text has otherwise, as in Python. */
const ESCAPED = 0xdc00
const LONGEST_CHARACTER = 4

export class Utf8Text {
  isUtf8 = true
  /** A character that the last bytes left open. */
  #begun = Buffer.alloc(0)

  /** The text that these bytes go on with. */
  decode(chunk: Buffer): string {
    const bytes = this.#begun.length === 0 ? chunk : Buffer.concat([this.#begun, chunk])
    const end = wholeCharacters(bytes)
    this.#begun = Buffer.from(bytes.subarray(end))
    return this.#textOf(bytes.subarray(0, end))
  }

  /** The rest, once all bytes are there. */
  end(): string {
    return this.#textOf(this.#begun)
  }

  #textOf(bytes: Buffer): string {
    if (isUtf8(bytes)) return bytes.toString()
    this.isUtf8 = false
    let text = ''
    let start = 0
    for (let at = 0; at < bytes.length; ) {
      const length = characterLength(bytes, at)
      at += Math.max(length, 1)
      if (length > 0) continue
      text += bytes.toString('utf8', start, at - 1) + String.fromCharCode(ESCAPED + (bytes[at - 1] ?? 0))
      start = at
    }
    return text + bytes.toString('utf8', start)
  }
}

/** How many bytes the character has that begins there, 0 where none does. */
function characterLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = lengthOf(first)
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0
  for (let place = at + 1; place < at + length; place++) if (((bytes[place] ?? 0) & 0xc0) !== 0x80) return 0
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

/** How many bytes a character has that begins with this one, if one does. */
function lengthOf(first: number): number {
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : LONGEST_CHARACTER
}

/** Where the bytes end that can be decoded now: before a character of which more is to come. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back < LONGEST_CHARACTER && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
