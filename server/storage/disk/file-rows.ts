// What rows the history file has, as far as its writer has to know, and the numbers that were given.
import type { RowOutline } from './history-file'
import type { Row, RowHead } from './row'

export class FileRows {
  /** In the order in which they were written. */
  #rows: readonly RowOutline[]
  #nextId: number
  #numbered: number

  constructor(rows: readonly RowOutline[]) {
    this.#rows = rows
    this.#nextId = rows.reduce((next, { id }) => Math.max(next, id + 1), 1)
    this.#numbered = rows.reduce((most, { numbered }) => Math.max(most, numbered), 0)
  }

  /** The number that the next row gets. */
  get nextId(): number {
    return this.#nextId
  }

  /** Numbers a row. */
  readonly number = (): Pick<RowHead, 'id' | 'numbered'> => ({ id: this.#nextId++, numbered: this.#numbered })

  /** Numbers a series. */
  nextSeriesId(): number {
    return this.#numbered++
  }

  idsOf(isWanted: (row: RowOutline) => boolean): Set<number> {
    return new Set(this.#rows.filter(isWanted).map(({ id }) => id))
  }

  /** Adds the oldest blocks to what is to be deleted, as far as the file would be larger than its limit with them. */
  addExcess(deleted: Set<number>, written: readonly Row[], limitBytes: number): void {
    const kept = this.#rows.filter(({ id }) => !deleted.has(id))
    let bytes = 0
    for (const row of written) bytes += costOf(row.bytes.length)
    for (const { size } of kept) bytes += costOf(size)
    const blocks = kept.filter(({ kind }) => kind === 'block').sort((a, b) => a.newestMs - b.newestMs)
    for (const { id, size } of blocks) {
      if (bytes <= limitBytes) return
      deleted.add(id)
      bytes -= costOf(size)
    }
  }

  /** This was done to the file. */
  change(deleted: ReadonlySet<number>, written: readonly Row[]): void {
    const added = written.map(({ bytes, ...head }) => ({ ...head, size: bytes.length }))
    this.#rows = [...this.#rows.filter(({ id }) => !deleted.has(id)), ...added]
  }
}

/** What a row takes of the file at most: the bytes, what SQLite adds to each page of them, and a page that isn't full. */
function costOf(bytes: number): number {
  return bytes * 1.01 + 4096
}
