// The chunks that the tails have, of all series: kept as the bytes of the rows and where in them each chunk lies. There are
// hundreds of thousands, and an object for each would take more than the memory of a small heap.
import type { Run } from './run'

/** A chunk, and whether the process that wrote it had written none of the series before. */
export type Piece = Pick<Run, 'isFirst'> & { chunk: Uint8Array }

/** For each chunk: its row, where it begins there, its bytes, whether it is first, and the chunk before it; -1 if none is. */
const FIELDS = 5
const FIRST_CAPACITY = 1024

export class TailChunks {
  readonly #rows: Uint8Array[] = []
  #fields = new Int32Array(FIRST_CAPACITY * FIELDS)
  #count = 0
  /** For each series its last chunk. */
  readonly #last = new Map<number, number>()

  /** The chunks that are added from now on are parts of this row. */
  beginRow(bytes: Uint8Array): void {
    this.#rows.push(bytes)
  }

  add(seriesId: number, { chunk, isFirst }: Piece): void {
    const row = this.#rows.at(-1)
    if (row === undefined) throw new Error('expected a row to begin before its chunks')
    const at = this.#count * FIELDS
    if (at === this.#fields.length) {
      const grown = new Int32Array(2 * at)
      grown.set(this.#fields)
      this.#fields = grown
    }
    const before = this.#last.get(seriesId) ?? -1
    this.#fields.set(
      [this.#rows.length - 1, chunk.byteOffset - row.byteOffset, chunk.length, Number(isFirst), before],
      at,
    )
    this.#last.set(seriesId, this.#count++)
  }

  seriesIds(): IterableIterator<number> {
    return this.#last.keys()
  }

  /** The chunks of a series in the order in which they were added; they are forgotten. */
  take(seriesId: number): Piece[] {
    const pieces: Piece[] = []
    let place = this.#last.get(seriesId) ?? -1
    this.#last.delete(seriesId)
    while (place >= 0) {
      const [row = 0, start = 0, length = 0, isFirst = 0, before = -1] = this.#fields.subarray(place * FIELDS)
      const bytes = this.#rows[row]?.subarray(start, start + length)
      if (bytes !== undefined) pieces.push({ chunk: bytes, isFirst: isFirst === 1 })
      place = before
    }
    return pieces.reverse()
  }
}
