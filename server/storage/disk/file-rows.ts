// What rows the history file has, as far as its writer has to know, and the numbers that were given.
import type { RowOutline } from './history-file'
import type { Row, RowHead } from './row'

/** How many bytes of older rows are looked at before each flush: one row, as a rule. */
const LOOKED_AT_BYTES = 256 * 1024
/** And at most, after something was done to the file: all of it, unless it is a large one. */
const LOOKED_AT_MOST_BYTES = 32 * 1024 ** 2

export class FileRows {
  /** In the order in which they were written. */
  #rows: readonly RowOutline[]
  #nextId: number
  #numbered: number
  #writtenLast: readonly RowOutline[] = []
  /** The row that was looked at last, and how many are still to be because something was done to the file. */
  #lookedAtId = 0
  #suspectCount = 0

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
    this.#writtenLast = added
  }

  /**
   * The rows to look at before the next flush: those that were written last, and a few others in turn. If something was
   * done to the file, all of them, of a large one some at a time.
   */
  toCheck(isTouched: boolean): RowOutline[] {
    if (isTouched) this.#suspectCount = this.#rows.length
    const later = this.#rows.filter(({ id }) => id > this.#lookedAtId)
    const inTurn = [...later, ...this.#rows.slice(0, this.#rows.length - later.length)]
    const checked = new Set(this.#writtenLast)
    let bytes = 0
    for (const row of inTurn) {
      if (bytes >= (this.#suspectCount > 0 ? LOOKED_AT_MOST_BYTES : LOOKED_AT_BYTES)) break
      checked.add(row)
      bytes += row.size
      this.#lookedAtId = row.id
      if (this.#suspectCount > 0) this.#suspectCount--
    }
    return [...checked]
  }
}

/** What a row takes of the file at most: the bytes, what SQLite adds to each page of them, and a page that isn't full. */
function costOf(bytes: number): number {
  return bytes * 1.01 + 4096
}
