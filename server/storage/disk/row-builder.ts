// Collects runs into rows of a size that is read and checked in well under a millisecond.
import { chunkLastMs } from '../chunk/chunk'
import type { Row, RowHead } from './row'
import { sealed } from './row'
import type { Run } from './run'
import { RunWriter } from './run'

const ROW_BYTES = 256 * 1024

export class RowBuilder {
  readonly #rows: Row[] = []
  readonly #head: Pick<RowHead, 'kind' | 'part'>
  readonly #number: () => Pick<RowHead, 'id' | 'numbered'>
  readonly #runs = new RunWriter()
  #newestMs = 0

  /** `number` is asked when a row is complete. */
  constructor(head: Pick<RowHead, 'kind' | 'part'>, number: () => Pick<RowHead, 'id' | 'numbered'>) {
    this.#head = head
    this.#number = number
  }

  add(run: Run): void {
    this.#runs.write(run)
    const { chunk } = run
    if (chunk !== undefined) {
      const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      this.#newestMs = Math.max(this.#newestMs, chunkLastMs({ bytes: chunk, view }, 0))
    }
    if (this.#runs.length >= ROW_BYTES) this.#completeRow()
  }

  /** All rows; nothing can be added afterwards. */
  finish(): Row[] {
    if (this.#runs.length > 0) this.#completeRow()
    return this.#rows
  }

  #completeRow(): void {
    const head = { ...this.#head, ...this.#number(), newestMs: this.#newestMs }
    this.#rows.push({ ...head, bytes: sealed(head, this.#runs.written()) })
    this.#runs.clear()
    this.#newestMs = 0
  }
}
