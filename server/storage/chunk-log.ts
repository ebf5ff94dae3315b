// Where the encoded chunks of all series lie: one after the other in large pieces of memory, because an object for each
// would take more than the chunk. Chunks are written in the order of time, so those of a piece are dropped at about the
// same time, and then the piece is used again.
import type { ChunkMemory } from './chunk/chunk'
import { chunkByteLength } from './chunk/chunk'

/** A piece of memory, and how many chunks in it are still wanted. */
type Piece = ChunkMemory & { chunkCount: number }

/** Where a chunk begins, as one number: the number of its piece and the offset there. */
export type ChunkAddress = number

const PIECE_BITS = 18
const PIECE_BYTES = 2 ** PIECE_BITS
/** As many empty pieces are kept to be used again; the rest goes back to the system. */
const SPARE_PIECES = 4

export class ChunkLog {
  #pieces: (Piece | undefined)[] = []
  #spare: Piece[] = []
  #current = -1
  #offset = PIECE_BYTES
  #chunkBytes = 0

  /** What the chunks take, without what is reserved for more. */
  get chunkBytes(): number {
    return this.#chunkBytes
  }

  /** Copies the chunk. */
  add(bytes: Uint8Array): ChunkAddress {
    if (this.#offset + bytes.length > PIECE_BYTES) this.#beginPiece()
    const piece = this.#pieceAt(this.#current)
    const offset = this.#offset
    piece.bytes.set(bytes, offset)
    piece.chunkCount++
    this.#offset += bytes.length
    this.#chunkBytes += bytes.length
    return this.#current * PIECE_BYTES + offset
  }

  /** The address means nothing afterwards. */
  remove(address: ChunkAddress): void {
    const number = Math.floor(address / PIECE_BYTES)
    const piece = this.#pieceAt(number)
    this.#chunkBytes -= chunkByteLength(piece, address % PIECE_BYTES)
    piece.chunkCount--
    if (piece.chunkCount === 0 && number !== this.#current) this.#release(number, piece)
  }

  /** The memory that the chunk is in; `offsetOf` says where. */
  memoryOf(address: ChunkAddress): ChunkMemory {
    return this.#pieceAt(Math.floor(address / PIECE_BYTES))
  }

  offsetOf(address: ChunkAddress): number {
    return address % PIECE_BYTES
  }

  #pieceAt(number: number): Piece {
    const piece = this.#pieces[number]
    if (piece === undefined) throw new Error(`no chunks are kept in piece ${number}`)
    return piece
  }

  #beginPiece(): void {
    const full = this.#pieces[this.#current]
    if (full?.chunkCount === 0) this.#release(this.#current, full)
    const free = this.#pieces.indexOf(undefined)
    this.#current = free < 0 ? this.#pieces.length : free
    this.#pieces[this.#current] = this.#spare.pop() ?? createPiece()
    this.#offset = 0
  }

  #release(number: number, piece: Piece): void {
    this.#pieces[number] = undefined
    if (this.#spare.length < SPARE_PIECES) this.#spare.push(piece)
  }
}

function createPiece(): Piece {
  const bytes = new Uint8Array(PIECE_BYTES)
  return { bytes, view: new DataView(bytes.buffer), chunkCount: 0 }
}
