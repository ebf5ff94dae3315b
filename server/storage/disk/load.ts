// Brings what the file has back into the memory, while the app goes on: first the labels and the tails, which hold the
// newest samples of every series, then part by part the blocks.
import { bytesOfSeries } from '../../exposition/series-bytes'
import type { Labels } from '../../exposition/snapshot'
import { beginSlices } from '../../slices'
import type { Storage } from '../storage'
import type { HistoryFile, RowOutline } from './history-file'
import type { JoinLimits } from './joined-chunks'
import { JoinedChunks } from './joined-chunks'
import { unsealed } from './row'
import type { Run } from './run'
import { readRuns } from './run'
import type { Piece } from './tail-chunks'
import { TailChunks } from './tail-chunks'
import type { WriteBehind, Written } from './write-behind'
import { PARTS } from './write-behind'

export type LoadOptions = {
  file: HistoryFile
  rows: readonly RowOutline[]
  memory: Pick<Storage, 'adopt' | 'roomFor'>
  writer: WriteBehind
  /** When this process began: no sample of an earlier one can be newer, unless the clock was set back. */
  startedAtMs: number
  /** How long after its last sample a series ends whose process ended. */
  endsAfterMs: number
}

export type Loaded = {
  samples: number
  /** Rows that were not what was written. */
  damagedRows: number
  /** Chunks with samples that were left out because this process had begun by then. */
  tooNew: number
  /** Series that the memory has no room for. */
  refusedSeries: ReadonlySet<number>
}

export class Load {
  readonly #refusedSeries = new Set<number>()
  readonly loaded: Loaded = { samples: 0, damagedRows: 0, tooNew: 0, refusedSeries: this.#refusedSeries }
  readonly #options: LoadOptions
  readonly #limits: JoinLimits
  readonly #slices = beginSlices()
  readonly #known = new Map<number, { labels: Labels; written: Written }>()
  /** What those of them take that don't come first. */
  #knownBytes = 0
  readonly #tails = new TailChunks()

  constructor(options: LoadOptions) {
    this.#options = options
    this.#limits = { beforeMs: options.startedAtMs, endsAfterMs: options.endsAfterMs }
  }

  /**
   * Reads the labels and the tails. From then on the writer may write: it knows every series that the file has, but for
   * those that the memory has no room for.
   */
  async begin(): Promise<void> {
    for (const row of this.#options.rows) {
      if (row.kind === 'block') continue
      const bytes = await this.#bytesOf(row)
      if (bytes === undefined) continue
      this.#tails.beginRow(bytes)
      await this.#eachRun(bytes, ({ seriesId, labels, isFirst, chunk }) => {
        if (labels !== undefined) this.#know(seriesId, labels)
        if (chunk !== undefined) this.#tails.add(seriesId, { isFirst, chunk })
      })
    }
  }

  #know(seriesId: number, labels: Labels): void {
    if (this.#known.has(seriesId)) return
    const { freeBytes, isFirst } = this.#options.memory.roomFor(labels)
    const bytes = bytesOfSeries(labels)
    if (!isFirst && this.#knownBytes + bytes > freeBytes) {
      this.#refusedSeries.add(seriesId)
      return
    }
    if (!isFirst) this.#knownBytes += bytes
    this.#known.set(seriesId, { labels, written: this.#options.writer.know(labels, seriesId) })
  }

  /** Reads the blocks of a part, and hands its series to the memory. */
  async loadPart(part: number): Promise<void> {
    const blocks = new Map<number, Piece[]>()
    for (const row of this.#options.rows) {
      if (row.kind !== 'block' || row.part !== part) continue
      const bytes = await this.#bytesOf(row)
      if (bytes === undefined) continue
      await this.#eachRun(bytes, ({ seriesId, isFirst, chunk }) => {
        if (chunk !== undefined) listOf(blocks, seriesId).push({ isFirst, chunk })
      })
    }
    for (const seriesId of this.#tails.seriesIds()) if (seriesId % PARTS === part) listOf(blocks, seriesId)
    for (const [seriesId, pieces] of blocks) {
      this.#adopt(seriesId, pieces, this.#tails.take(seriesId))
      if (this.#slices.isOver()) await this.#slices.next()
    }
  }

  /** In one go, since the app may append to the same series. */
  #adopt(seriesId: number, blocks: readonly Piece[], tails: readonly Piece[]): void {
    const known = this.#known.get(seriesId)
    // Labels go when the memory has no sample of a series any more; its blocks may stay a little longer.
    if (known === undefined || known.written.isReplaced) return
    const joined = new JoinedChunks(this.#limits)
    for (const { chunk, isFirst } of blocks) joined.add(chunk, isFirst)
    const blockedMs = joined.newestMs
    for (const { chunk, isFirst } of tails) joined.add(chunk, isFirst)
    this.loaded.tooNew += joined.tooNew
    this.loaded.samples += this.#options.memory.adopt(known.labels, joined.finish())
    this.#options.writer.adopted(known.written, joined.newestMs, blockedMs)
  }

  /** The runs of a row; undefined where it is damaged, which is counted. */
  async #bytesOf(row: RowOutline): Promise<Uint8Array | undefined> {
    const read = this.#options.file.read(row)
    const bytes = read && unsealed(read)
    if (this.#slices.isOver()) await this.#slices.next()
    if (bytes === undefined) this.loaded.damagedRows++
    return bytes
  }

  async #eachRun(bytes: Uint8Array, use: (run: Run) => void): Promise<void> {
    for (const run of readRuns(bytes)) {
      use(run)
      if (this.#slices.isOver()) await this.#slices.next()
    }
  }
}

function listOf<T>(lists: Map<number, T[]>, of: number): T[] {
  const list = lists.get(of) ?? []
  lists.set(of, list)
  return list
}
