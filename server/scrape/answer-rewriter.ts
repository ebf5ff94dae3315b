// Rewrites what comes over a connection, so that Node's parser takes what Go's takes: the heads of answers, and the chunks
// of a body, as many as come at a time in one: of tiny ones there may be thousands. Other bodies pass as they are.
import type { Socket } from 'node:net'
import { LINE_FEED } from '../exposition/characters'
import { HeadReader, notHttp } from './answer-head'
import { CHUNK_LINE_LIMIT_BYTES, ChunkSizes, TrailerReader } from './chunk-sizes'

/** Of all that comes before a body. */
export const HEAD_LIMIT_BYTES = 1_000_000

const LINE_END = Buffer.from('\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

export class AnswerRewriter {
  #state: 'head' | 'chunk size' | 'chunk' | 'chunk end' | 'trailer' | 'rest' = 'rest'
  #head = new HeadReader()
  #sizes = new ChunkSizes()
  #trailer = new TrailerReader()
  /** Of a line that has not come to its end, in Latin-1. */
  #begun = ''
  /** Of the heads or the line that are coming in. */
  #bytes = 0
  /** Of the chunk that is coming in, or of its end. */
  #left = 0
  /** What has come of chunks, for Node's parser to see as one. */
  #chunk: Buffer[] = []

  /** A request is sent: what comes next is the head of its answer. */
  begin(): void {
    this.#state = 'head'
    this.#head = new HeadReader()
    this.#sizes = new ChunkSizes()
    this.#trailer = new TrailerReader()
    this.#begun = ''
    this.#chunk = []
    this.#bytes = 0
  }

  /** What Node's parser is to see of the next bytes, and an Error in words where they are no HTTP from there on. */
  rewrite(bytes: Buffer): { seen: Buffer; failure?: Error } {
    if (this.#state === 'rest') return { seen: bytes }
    const pieces: Buffer[] = []
    try {
      for (let at = 0; at < bytes.length; ) at = this.#step(bytes, at, pieces)
      this.#endChunk(pieces)
      return { seen: Buffer.concat(pieces) }
    } catch (error) {
      this.#endChunk(pieces)
      return { seen: Buffer.concat(pieces), failure: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  /** Answers where the bytes begin that it has not dealt with. */
  #step(bytes: Buffer, at: number, pieces: Buffer[]): number {
    if (this.#state === 'rest') {
      pieces.push(bytes.subarray(at))
      return bytes.length
    }
    if (this.#state === 'chunk') {
      const end = Math.min(at + this.#left, bytes.length)
      this.#chunk.push(bytes.subarray(at, end))
      this.#left -= end - at
      if (this.#left === 0) this.#expect('chunk end', LINE_END.length)
      return end
    }
    if (this.#state === 'chunk end') {
      const byte = bytes[at] ?? 0
      if (byte !== LINE_END.at(-this.#left)) throw notHttp('a line end behind a chunk', String.fromCharCode(byte))
      this.#left--
      if (this.#left === 0) this.#state = 'chunk size'
      return at + 1
    }
    const newlineAt = bytes.indexOf(LINE_FEED, at)
    const end = newlineAt === -1 ? bytes.length : newlineAt + 1
    this.#take(bytes.toString('latin1', at, end), newlineAt !== -1, pieces)
    return end
  }

  #take(part: string, isWhole: boolean, pieces: Buffer[]): void {
    this.#bytes += part.length
    const limit = this.#state === 'head' ? HEAD_LIMIT_BYTES : CHUNK_LINE_LIMIT_BYTES
    if (this.#bytes > limit) throw new Error(`the answer has a head or a line of a chunk of more than ${limit} bytes`)
    this.#begun += part
    if (!isWhole) return
    const line = this.#begun
    this.#begun = ''
    if (this.#state === 'head') this.#takeHeadLine(line.slice(0, line.endsWith('\r\n') ? -2 : -1), pieces)
    else if (this.#state === 'chunk size') this.#takeChunkSize(line)
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

  #takeChunkSize(line: string): void {
    this.#bytes = 0
    const size = this.#sizes.take(line)
    this.#expect(size > 0 ? 'chunk' : 'trailer', size)
  }

  /** Node's parser sees nothing of the fields. */
  #takeTrailer(line: string, pieces: Buffer[]): void {
    if (!this.#trailer.take(line)) return
    this.#endChunk(pieces)
    pieces.push(LAST_CHUNK)
    this.#state = 'rest'
  }

  #expect(state: 'chunk' | 'chunk end' | 'trailer', bytes: number): void {
    this.#state = state
    this.#left = bytes
  }

  #endChunk(pieces: Buffer[]): void {
    const parts = this.#chunk.splice(0)
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    if (length > 0) pieces.push(Buffer.from(`${length.toString(16)}\r\n`), ...parts, LINE_END)
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
