// Writes the file of this worker: the values in place, all of it where a series is new. A file is never seen half made.
import { closeSync, fstatSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exemplar, Family, Snapshot } from '../snapshot'
import type { FamilyLayout, KnownLayouts } from './family-layout'
import { isSameFamily } from './family-layout'
import type { Head, Layout, Values } from './worker-file'
import { encodeFile, encodeValues, FRONT_BYTES, MOST_FILE_BYTES } from './worker-file'

export const FILE_END = '.worker'
/** Who may read it: nobody but the app. */
export const FILE_MODE = 0o600

export type Published = { layout: Layout; values: Values }

/** `place` is the one of the two where the next values go. */
type Written = { file: number; layout: Layout; valuesBytes: number; length: number; place: 0 | 1 }

export class Publisher {
  #head: Head
  #sequence = 0
  #newest: Published | undefined
  #written: Written | undefined
  #families: readonly { family: Family; layout: FamilyLayout }[] = []

  constructor(
    private readonly directory: string,
    head: Head,
    private readonly known: KnownLayouts,
  ) {
    this.#head = head
  }

  get head(): Head {
    return this.#head
  }

  /** What was published last: nothing else of this worker is added to what others have published. */
  get newest(): Published | undefined {
    return this.#newest
  }

  /** From the next publication on. */
  change(change: Partial<Head>): void {
    this.#head = { ...this.#head, ...change }
  }

  /**
   * Resolves once others can read it, to whether the file that it was written into before is still there. To be called
   * one after the other. Rejects where it can't be written.
   */
  async publish(snapshot: Snapshot): Promise<boolean> {
    const { layout, values } = this.#next(snapshot, false)
    const written = this.#written
    let isThere = true
    if (written?.layout === layout) {
      const bytes = encodeValues(values)
      if (bytes.length <= written.valuesBytes) {
        // In place, into the memory that the system keeps of files: asking another thread takes longer.
        const { nlink, size } = fstatSync(written.file)
        isThere = nlink > 0
        if (isThere && size === written.length) {
          writeSync(written.file, bytes, 0, bytes.length, FRONT_BYTES + written.place * written.valuesBytes)
          written.place = written.place === 0 ? 1 : 0
          this.#newest = { layout, values }
          return true
        }
      }
    } else if (written !== undefined) isThere = fstatSync(written.file).nlink > 0
    if (isThere) await this.#writeAll(layout, values)
    return isThere
  }

  /** The same before it returns, for a process that ends. Throws where it can't be written. */
  publishLast(snapshot: Snapshot): void {
    const { layout, values } = this.#next(snapshot, true)
    const path = join(this.directory, `${this.#head.incarnation}-end`)
    writeFileSync(`${path}.new`, encodeFile(layout, values), { mode: FILE_MODE })
    renameSync(`${path}.new`, path + FILE_END)
    // Where it is just being written again: of two files of a worker the newer counts.
    rmSync(this.#path, { force: true })
  }

  close(): void {
    if (this.#written !== undefined) closeSync(this.#written.file)
    this.#written = undefined
  }

  get #path(): string {
    return join(this.directory, this.#head.incarnation + FILE_END)
  }

  async #writeAll(layout: Layout, values: Values): Promise<void> {
    const path = this.#path
    const bytes = encodeFile(layout, values)
    if (bytes.length > MOST_FILE_BYTES) {
      throw new RangeError(`expected at most ${MOST_FILE_BYTES} bytes for the metrics of a worker, got ${bytes.length}`)
    }
    await writeFile(`${path}.new`, bytes, { mode: FILE_MODE })
    await rename(`${path}.new`, path)
    this.close()
    const file = openSync(path, 'r+')
    this.#written = { file, layout, valuesBytes: bytes.readUInt32LE(24), length: bytes.length, place: 1 }
    this.#newest = { layout, values }
  }

  #next(snapshot: Snapshot, hasEnded: boolean): Published {
    const former = this.#families
    this.#families = snapshot.families.map((family, i) => {
      const before = former[i]
      const isSame = before !== undefined && isSameFamily(before.family, family)
      return { family, layout: isSame ? before.layout : this.known.of(family) }
    })
    const families = this.#families.map(({ layout }) => layout)
    const count = families.reduce((sum, { series }) => sum + series.length, 0)
    const written = this.#written?.layout
    const isSame = families.length === former.length && families.every((one, i) => one === former[i]?.layout)
    const layout = isSame && written?.head === this.#head ? written : { head: this.#head, families, count }
    const numbers = new Float64Array(count)
    const exemplars: [number, Exemplar][] = []
    let place = 0
    for (const { samples } of snapshot.families) {
      for (const { exemplar, value } of samples) {
        if (exemplar !== undefined) exemplars.push([place, exemplar])
        numbers[place++] = value
      }
    }
    const values = { sequence: ++this.#sequence, takenAtMs: snapshot.takenAtMs, hasEnded, numbers, exemplars }
    return { layout, values }
  }
}
