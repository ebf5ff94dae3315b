// The files of all workers of this app: reads them so that each worker is counted once, and puts those that have ended
// into one file. A worker is known by its incarnation: a process id comes again.
import type { Stats } from 'node:fs'
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hidePaths } from '../../hide-paths'
import type { KnownLayouts } from './family-layout'
import type { Source } from './merge'
import { Merge } from './merge'
import { FILE_END, FILE_MODE } from './publisher'
import type { Front, Head, Layout, Values } from './worker-file'
import { BadFile, decodeFront, decodeLayout, decodeValues, encodeFile, FRONT_BYTES } from './worker-file'

/** More files than so many aren't read: an app has some workers, and the files of those that ended are put into one. */
export const MOST_FILES = 256
/** Of so many that have ended, the newest ones, it is known that they are counted already. */
const MOST_NAMED = 1_000
/** How often all is read again where something changed meanwhile. */
const ATTEMPTS = 20
const FOLDED = `ended${FILE_END}`
const FOLDING = 'ended.lock'
/** Who holds it longer was ended while it did. */
const FOLDING_MS = 10_000

/** One worker, or the ended ones together, as of the last publication. */
export type WorkerFile = { fileNames: readonly string[]; head: Head; layout: Layout; values: Values }

export type Ledger = { workers: readonly WorkerFile[]; folded: WorkerFile | undefined }

/** `version` is another one when the file was replaced. */
type Read = Front & { file: WorkerFile; version: string }

/** Tells of a file that is not read, each once. */
type Warn = (fileName: string, why: string) => void

/** A file was there a moment ago. */
class HasChanged extends Error {}

export class Ledgers {
  /** The last time that each file was read, by its name. */
  readonly #known = new Map<string, Read>()
  readonly #folds = new Merge()

  constructor(
    private readonly directory: string,
    private readonly layouts: KnownLayouts,
    private readonly warn: Warn,
    /** What this worker has published itself is known without its file. */
    private readonly isOwn: (fileName: string) => boolean = () => false,
  ) {}

  /**
   * All that is published now: a copy of some kilobytes for each worker, from the memory that the system keeps of files.
   * Throws where the folder can't be read.
   */
  read(): Ledger {
    for (let attempt = 1; ; attempt++) {
      try {
        return this.#readOnce()
      } catch (error) {
        if (!(error instanceof HasChanged) || attempt === ATTEMPTS) throw error
      }
    }
  }

  #readOnce(): Ledger {
    const all = readdirSync(this.directory)
    const names = all.filter((name) => name.endsWith(FILE_END) && !this.isOwn(name)).sort()
    if (names.length > MOST_FILES) {
      this.warn('', `has more than ${MOST_FILES} files of workers: those beyond are not added`)
      names.length = MOST_FILES
    }
    const folded = names.includes(FOLDED) ? this.#readFile(FOLDED) : undefined
    const read = names.filter((name) => name !== FOLDED).map((name) => this.#readFile(name))
    // What was put into the one file while the others were read would be missing, or be there twice.
    if (names.length > 0 && folded?.version !== this.#versionOf(FOLDED)) throw new HasChanged()
    for (const name of this.#known.keys()) if (!names.includes(name)) this.#known.delete(name)
    const isFolded = new Set(folded?.file.head.folded)
    const workers = new Map<string, WorkerFile>()
    for (const one of read) {
      if (one === undefined || one.file.head.folded !== undefined || isFolded.has(one.file.head.incarnation)) continue
      const { incarnation } = one.file.head
      const other = workers.get(incarnation)
      const isNewer = other === undefined || one.file.values.sequence > other.values.sequence
      const fileNames = [...(other?.fileNames ?? []), ...one.file.fileNames]
      workers.set(incarnation, { ...(isNewer ? one.file : other), fileNames })
    }
    return { workers: [...workers.values()], folded: folded?.file }
  }

  /** Undefined where it is no file of a worker, which is said; as it was the last time where it was one. */
  #readFile(name: string): Read | undefined {
    let file: number | undefined
    try {
      file = openSync(join(this.directory, name), 'r')
      return this.#decodeTwice(name, file)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new HasChanged()
      this.warn(name, error instanceof BadFile ? error.message : `can't be read (${hidePaths(String(error), error)})`)
      return this.#known.get(name)
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }

  /** It may just be written: then it is whole a moment later. */
  #decodeTwice(name: string, file: number): Read {
    try {
      return this.#decode(name, file)
    } catch {
      return this.#decode(name, file)
    }
  }

  #decode(name: string, file: number): Read {
    const known = this.#known.get(name)
    const version = versionOf(fstatSync(file))
    // Mostly what is new are the values, whose length is known.
    let bytes = readBytes(file, 0, FRONT_BYTES + 2 * (known?.valuesBytes ?? 0))
    const front = decodeFront(bytes)
    const valuesEnd = FRONT_BYTES + 2 * front.valuesBytes
    if (bytes.length < valuesEnd) bytes = readBytes(file, 0, valuesEnd)
    const isKnown = known?.layoutSum === front.layoutSum && known.layoutBytes === front.layoutBytes
    const layout = isKnown
      ? known.file.layout
      : decodeLayout(readBytes(file, valuesEnd, front.layoutBytes), front, this.layouts)
    const values = decodeValues(bytes.subarray(FRONT_BYTES), front, layout.count)
    const read = { ...front, file: { fileNames: [name], head: layout.head, layout, values }, version }
    this.#known.set(name, read)
    return read
  }

  #versionOf(name: string): string | undefined {
    const found = statSync(join(this.directory, name), { throwIfNoEntry: false })
    return found && versionOf(found)
  }

  /**
   * Puts workers that have ended into the one file, and removes theirs. Who dies halfway leaves files that the one file
   * names: they are not counted again. Resolves to whether it was done: not while another process does it.
   */
  async fold(isOver: (worker: WorkerFile) => boolean, head: Head): Promise<boolean> {
    const lock = join(this.directory, FOLDING)
    if (!(await this.#lock(lock))) return false
    try {
      const { folded, workers } = this.read()
      const ended = workers.filter(isOver)
      const all = folded === undefined ? ended : [folded, ...ended]
      if (ended.length === 0) return true
      const named = [...(folded?.head.folded ?? []), ...ended.map((worker) => worker.head.incarnation)].slice(
        -MOST_NAMED,
      )
      const sums = this.#folds.sums(all.map(sourceOfEnded), (family) => this.layouts.of(family))
      const numbers = new Float64Array(2 * sums.numbers.length)
      numbers.set(sums.numbers)
      numbers.set(sums.low, sums.numbers.length)
      const values: Values = {
        sequence: (folded?.values.sequence ?? 0) + 1,
        takenAtMs: Math.max(...all.map((one) => one.values.takenAtMs)),
        hasEnded: true,
        numbers,
        exemplars: sums.exemplars,
      }
      const layout = { head: { ...head, folded: named }, families: sums.families, count: numbers.length }
      const path = join(this.directory, FOLDED)
      await writeFile(`${path}.new`, encodeFile(layout, values), { mode: FILE_MODE })
      await rename(`${path}.new`, path)
      await this.remove(ended.flatMap(({ fileNames }) => fileNames))
      return true
    } finally {
      await rm(lock, { force: true })
    }
  }

  /** Forgets what ended workers have counted: a new run of the app begins. Files of nobody are removed as well. */
  async clear({ folded, workers }: Ledger): Promise<void> {
    await this.remove([...(folded?.fileNames ?? []), ...workers.flatMap(({ fileNames }) => fileNames)])
    const left = await readdir(this.directory)
    await this.remove(left.filter((name) => name.endsWith(`${FILE_END}.new`) || name.endsWith('-end.new')))
  }

  async remove(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => rm(join(this.directory, name), { force: true })))
  }

  async #lock(path: string): Promise<boolean> {
    try {
      await writeFile(path, '', { flag: 'wx', mode: FILE_MODE })
      return true
    } catch {
      const held = await stat(path).catch(() => undefined)
      if (held !== undefined && Date.now() - held.mtimeMs > FOLDING_MS) await rm(path, { force: true })
      return false
    }
  }
}

/** What an ended worker, or those of before, have counted. */
export function sourceOfEnded({ head, layout, values }: WorkerFile): Source {
  return { ...sourceOf({ layout, values }, undefined), ...(head.folded === undefined ? {} : halves(values.numbers)) }
}

export function sourceOf({ layout, values }: Pick<WorkerFile, 'layout' | 'values'>, slot: number | undefined): Source {
  return { families: layout.families, numbers: values.numbers, low: undefined, exemplars: values.exemplars, slot }
}

function halves(numbers: Float64Array): Pick<Source, 'numbers' | 'low'> {
  const half = numbers.length / 2
  return { numbers: numbers.subarray(0, half), low: numbers.subarray(half) }
}

const versionOf = ({ ino, mtimeMs }: Stats): string => `${ino} ${mtimeMs}`

function readBytes(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let read = 0
  while (read < length) {
    const bytesRead = readSync(file, bytes, read, length - read, position + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}
