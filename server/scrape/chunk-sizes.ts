// The lines with the sizes of chunks, and the fields behind the last chunk, as Go reads them.
import { trimBlanks } from '../exposition/characters'
import { FieldReader, notHttp } from './answer-head'

/** Go's buffers: of a line with a size, and of all fields behind the last chunk. */
export const CHUNK_LINE_LIMIT_BYTES = 4096
const TRAILER_LIMIT_BYTES = 4096

/** What surrounds a body's bytes may be twice as much as they are, and so much for each chunk, and so much in all. */
const NEEDLESS_FACTOR = 2
const NEEDLESS_BYTES_PER_CHUNK = 16
const NEEDLESS_BYTES = 16 * 1024

/** The line ends behind a size and behind the bytes of a chunk. */
const LINE_END_BYTES = 2

export class ChunkSizes {
  #needless = 0

  /** The size that the next line has, which is whole and in Latin-1. Throws an Error in words where it has none. */
  take(line: string): number {
    const content = line.slice(0, -LINE_END_BYTES)
    const [digits = ''] = trimBlanks(content).split(';', 1)
    const isLine = line.endsWith('\r\n') && !content.includes('\r') && content.startsWith(digits)
    if (!isLine || !/^[0-9a-f]{1,16}$/i.test(digits)) throw notHttp('the size of a chunk', line)
    const size = Number.parseInt(digits, 16)
    const surplus = line.length + LINE_END_BYTES - NEEDLESS_BYTES_PER_CHUNK - NEEDLESS_FACTOR * size
    this.#needless = Math.max(0, this.#needless + surplus)
    if (this.#needless > NEEDLESS_BYTES) throw new Error('the chunks of the answer have more overhead than content')
    return size
  }
}

/** Reads what follows the last chunk. */
export class TrailerReader {
  #text = ''

  /** Takes the next line, whole and in Latin-1. Answers whether it was the last. Throws an Error in words. */
  take(line: string): boolean {
    if (this.#text === '' && line === '\r\n') return true
    this.#text += line
    if (this.#text.length > TRAILER_LIMIT_BYTES)
      throw new Error(`the answer has more than ${TRAILER_LIMIT_BYTES} bytes after its last chunk`)
    if (!this.#text.endsWith('\r\n\r\n')) return false
    const fields = new FieldReader()
    this.#text.split(/\r?\n/).some((one) => fields.take(one))
    return true
  }
}
