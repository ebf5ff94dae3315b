// One series in memory: its labels, its encoded chunks, and the newest samples, which are still open.
import type { Labels } from '../exposition/snapshot'
import { CHUNK_CAPACITY, chunkLastMs, chunkSampleCount, decodeChunk, encodeChunk } from './chunk/chunk'
import type { Columns } from './chunk/columns'
import { createColumns, viewColumns } from './chunk/columns'
import type { ChunkLog } from './chunk-log'
import { OpenChunk } from './open-chunk'
import { SealedChunks } from './sealed-chunks'
import type { Series, StoredSeries } from './series'

export class MemorySeries implements StoredSeries {
  /** The series of a storage are numbered in the order of their creation. */
  readonly id: number
  readonly labels: Labels
  /** When the oldest sample is; later than everything where there is none. */
  oldestMs = Number.POSITIVE_INFINITY
  /** When the newest sample is; earlier than everything where there is none. */
  newestMs = Number.NEGATIVE_INFINITY
  /** Its value, which means nothing where it is a staleness marker. */
  newestValue = Number.NEGATIVE_INFINITY
  isStale = false
  /** Later than this, no sample is a staleness marker, NaN, or below the one before it. */
  steadySinceMs = Number.NEGATIVE_INFINITY
  /** How many samples were appended, without those that were forgotten again. */
  appendedCount = 0
  /** A small number that no other series has at the same time. */
  readonly slot: number
  readonly #sealed: SealedChunks
  readonly #open = new OpenChunk()
  /** How many samples are open at most. */
  #openCapacity: number

  /**
   * Series that begin together would fill their chunks together, and one scrape would pay for all of them. So the
   * first chunks are of all sizes, and from then on a few series per scrape seal one.
   */
  constructor(id: number, slot: number, labels: Labels, log: ChunkLog) {
    this.id = id
    this.slot = slot
    this.labels = labels
    this.#sealed = new SealedChunks(log)
    this.#openCapacity = CHUNK_CAPACITY - (id % CHUNK_CAPACITY)
  }

  get isEmpty(): boolean {
    return this.chunkCount === 0
  }

  /** How many chunks there are, the open one included. */
  get chunkCount(): number {
    return this.#sealed.length + (this.#open.sampleCount > 0 ? 1 : 0)
  }

  /** The sample has to be newer than `newestMs`. */
  append(timestampMs: number, value: number, isStale: boolean): void {
    const open = this.#open
    if (open.sampleCount >= this.#openCapacity || open.isFullFor(timestampMs)) this.#seal()
    open.append(timestampMs, value, isStale)
    // Written so that NaN is not steady.
    if (!(value >= this.newestValue)) this.steadySinceMs = timestampMs
    this.newestMs = timestampMs
    this.newestValue = value
    this.isStale = isStale
    this.appendedCount++
    if (timestampMs < this.oldestMs) this.oldestMs = timestampMs
  }

  /**
   * Puts an older chunk in front of all others. What it holds of the time that is known already is left out. Returns how
   * many samples came in.
   */
  prepend(chunk: Uint8Array): number {
    const memory = { bytes: chunk, view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength) }
    const { oldestMs } = this
    if (chunkLastMs(memory, 0) < oldestMs) {
      this.#sealed.prepend(chunk)
      this.#setEnds()
      this.#lookAgain(Math.min(oldestMs, this.newestMs))
      return chunkSampleCount(memory, 0)
    }
    const columns = createColumns(CHUNK_CAPACITY)
    const sampleCount = decodeChunk(memory, 0, Number.NEGATIVE_INFINITY, oldestMs - 1, columns, 0)
    if (sampleCount > 0) this.#sealed.prepend(encodeChunk(columns, sampleCount))
    this.#setEnds()
    this.#lookAgain(oldestMs)
    return sampleCount
  }

  /** Drops the chunks that are wholly older than `keepFromMs`, and returns how many samples they held. */
  dropBefore(keepFromMs: number): number {
    if (this.oldestMs >= keepFromMs) return 0
    let dropped = this.#sealed.dropBefore(keepFromMs)
    if (this.#sealed.length === 0 && this.#open.lastMs < keepFromMs) {
      dropped += this.#open.sampleCount
      this.#open.clear()
    }
    this.#setEnds()
    return dropped
  }

  /** Forgets all samples later than that, and returns how many there were. */
  cutAfter(newestMs: number): number {
    const openCount = this.#open.sampleCount
    this.#open.cutAfter(newestMs)
    const cut = openCount - this.#open.sampleCount + this.#sealed.cutAfter(newestMs)
    this.#setEnds()
    this.#lookAgain(this.newestMs)
    this.appendedCount -= cut
    return cut
  }

  /** Whether there may be a sample from `fromMs` to `toMs`, both inclusive: as exactly as the chunks tell. */
  hasBetween(fromMs: number, toMs: number): boolean {
    const { newestMs, oldestMs } = this
    if (newestMs < fromMs || oldestMs > toMs) return false
    return newestMs <= toMs || oldestMs >= fromMs || this.roomBetween(fromMs, toMs) > 0
  }

  /** How many samples the chunks hold that lie in that time, or partly. */
  roomBetween(fromMs: number, toMs: number): number {
    const openRoom = this.#isOpenBetween(fromMs, toMs) ? this.#open.sampleCount : 0
    return this.#isOpenSince(fromMs) ? openRoom : this.#sealed.roomBetween(fromMs, toMs) + openRoom
  }

  /**
   * Copies the samples from `fromMs` to `toMs`, both inclusive, into the columns from position `start` on, which need
   * `roomBetween` of room. Returns the position after the last one.
   */
  read(fromMs: number, toMs: number, into: Columns, start: number): number {
    const at = this.#isOpenSince(fromMs) ? start : this.#sealed.read(fromMs, toMs, into, start)
    return this.#isOpenBetween(fromMs, toMs) ? this.#open.read(fromMs, toMs, into, at) : at
  }

  samples(fromMs: number, toMs: number): Series | undefined {
    const columns = createColumns(this.roomBetween(fromMs, toMs))
    const end = this.read(fromMs, toMs, columns, 0)
    return end > 0 ? { labels: this.labels, ...viewColumns(columns, 0, end) } : undefined
  }

  #seal(): void {
    this.#sealed.append(this.#open.seal())
    this.#open.clear()
    this.#openCapacity = CHUNK_CAPACITY
  }

  #setEnds(): void {
    const hasOpen = this.#open.sampleCount > 0
    this.oldestMs = Math.min(this.#sealed.firstMs, hasOpen ? this.#open.firstMs : Number.POSITIVE_INFINITY)
    this.newestMs = hasOpen ? this.#open.lastMs : this.#sealed.lastMs
  }

  /** Finds out what is kept from append to append, and takes nothing that is not later for steady. */
  #lookAgain(steadySinceMs: number): void {
    const columns = createColumns(this.roomBetween(this.newestMs, this.newestMs))
    const hasNewest = this.read(this.newestMs, this.newestMs, columns, 0) > 0
    this.newestValue = hasNewest ? (columns.values[0] ?? 0) : Number.NEGATIVE_INFINITY
    this.isStale = hasNewest && columns.stale[0] === 1
    this.steadySinceMs = Math.max(this.steadySinceMs, steadySinceMs)
  }

  /** Whether all samples from then on are open. That of most questions is, and no chunk has to be looked at. */
  #isOpenSince(fromMs: number): boolean {
    return this.#open.sampleCount > 0 && this.#open.firstMs <= fromMs
  }

  #isOpenBetween(fromMs: number, toMs: number): boolean {
    return this.#open.sampleCount > 0 && this.#open.firstMs <= toMs && this.#open.lastMs >= fromMs
  }
}
