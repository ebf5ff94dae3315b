// Rewrites what comes over a connection, so that Node's parser takes what Go's takes: the heads of answers, and the lines
// with the sizes of chunks. Bodies pass as they are.
import type { Socket } from 'node:net'
import { LINE_FEED } from '../exposition/characters'
import { HeadReader } from './answer-head'
import { CHUNK_LINE_LIMIT_BYTES, ChunkSizes, TrailerReader } from './chunk-sizes'

/** Of all that comes before a body. */
export const HEAD_LIMIT_BYTES = 1_000_000

/** The line end behind the bytes of a chunk. */
const CHUNK_END_BYTES = 2

export class AnswerRewriter {
  #state: 'head' | 'chunk size' | 'chunk' | 'trailer' | 'rest' = 'rest'
  #head = new HeadReader()
  #sizes = new ChunkSizes()
  #trailer = new TrailerReader()
  /** A line that has not come to its end. */
  #begun: Buffer[] = []
  /** Of the heads or the line that are coming in. */
  #bytes = 0
  /** Of the chunk that is coming in. */
  #left = 0

  /** A request is sent: what comes next is the head of its answer. */
  begin(): void {
    this.#state = 'head'
    this.#head = new HeadReader()
    this.#sizes = new ChunkSizes()
    this.#trailer = new TrailerReader()
    this.#begun = []
    this.#bytes = 0
  }

  /** What Node's parser is to see of the next bytes, and an Error in words where they are no HTTP from there on. */
  rewrite(bytes: Buffer): { seen: Buffer; failure?: Error } {
    if (this.#state === 'rest') return { seen: bytes }
    const pieces: Buffer[] = []
    try {
      for (let at = 0; at < bytes.length; ) at += this.#step(bytes.subarray(at), pieces)
      return { seen: Buffer.concat(pieces) }
    } catch (error) {
      return { seen: Buffer.concat(pieces), failure: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  /** Answers how many bytes it has dealt with. */
  #step(bytes: Buffer, pieces: Buffer[]): number {
    if (this.#state === 'rest') {
      pieces.push(bytes)
      return bytes.length
    }
    if (this.#state === 'chunk') {
      const part = bytes.subarray(0, this.#left)
      pieces.push(part)
      this.#left -= part.length
      if (this.#left === 0) this.#state = 'chunk size'
      return part.length
    }
    const newlineAt = bytes.indexOf(LINE_FEED)
    const part = newlineAt === -1 ? bytes : bytes.subarray(0, newlineAt + 1)
    this.#take(part, newlineAt !== -1, pieces)
    return part.length
  }

  #take(part: Buffer, isWhole: boolean, pieces: Buffer[]): void {
    this.#bytes += part.length
    const limit = this.#state === 'head' ? HEAD_LIMIT_BYTES : CHUNK_LINE_LIMIT_BYTES
    if (this.#bytes > limit) throw new Error(`the answer has a head or a line of a chunk of more than ${limit} bytes`)
    if (!isWhole) {
      this.#begun.push(part)
      return
    }
    const whole = this.#begun.length === 0 ? part : Buffer.concat([...this.#begun.splice(0), part])
    const line = whole.toString('latin1')
    if (this.#state === 'head') this.#takeHeadLine(line.slice(0, line.endsWith('\r\n') ? -2 : -1), pieces)
    else if (this.#state === 'chunk size') this.#takeChunkSize(line, pieces)
    else this.#takeTrailer(line, pieces)
  }

  #takeHeadLine(line: string, pieces: Buffer[]): void {
    const head = this.#head.take(line)
    if (head === undefined) return
    const { isChunked, text } = head
    this.#head = new HeadReader()
    if (text === '') return
    pieces.push(Buffer.from(text, 'latin1'))
    this.#bytes = 0
    this.#state = isChunked ? 'chunk size' : 'rest'
  }

  #takeChunkSize(line: string, pieces: Buffer[]): void {
    this.#bytes = 0
    const { digits, size } = this.#sizes.take(line)
    pieces.push(Buffer.from(`${digits}\r\n`))
    this.#state = size > 0 ? 'chunk' : 'trailer'
    this.#left = size + CHUNK_END_BYTES
  }

  /** Node's parser sees nothing of the fields. */
  #takeTrailer(line: string, pieces: Buffer[]): void {
    if (!this.#trailer.take(line)) return
    pieces.push(Buffer.from('\r\n'))
    this.#state = 'rest'
  }
}

const rewriters = new WeakMap<Socket, AnswerRewriter>()

/** The next answer over this connection is read as Go reads it. Other answers, of others' requests, pass as they are. */
export function expectAnswer(socket: Socket): void {
  const rewriter = rewriters.get(socket) ?? rewritten(socket)
  rewriter.begin()
}

/** Node pushes into the socket what it has read, and its parser is the one who reads there. */
function rewritten(socket: Socket): AnswerRewriter {
  const rewriter = new AnswerRewriter()
  rewriters.set(socket, rewriter)
  const push = socket.push.bind(socket)
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (!Buffer.isBuffer(chunk)) return push(chunk, encoding)
    const { failure, seen } = rewriter.rewrite(chunk)
    const goesOn = seen.length === 0 || push(seen)
    if (failure === undefined) return goesOn
    socket.destroy(failure)
    return false
  }
  return rewriter
}
