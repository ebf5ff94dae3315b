// One series in memory: its labels, its encoded chunks in the order of time, and the newest samples, still open.
import type { Labels } from '../exposition/snapshot'
import type { ChunkSummary } from './chunk/chunk'
import {
  CHUNK_CAPACITY,
  chunkByteLength,
  chunkFirstMs,
  chunkLastMs,
  chunkSampleCount,
  decodeChunk,
  encodeChunk,
  summarizeChunk,
} from './chunk/chunk'
import type { Columns } from './chunk/columns'
import { createColumns, viewColumns } from './chunk/columns'
import type { ChunkAddress, ChunkLog } from './chunk-log'
import { OpenChunk } from './open-chunk'
import type { Series, StoredSeries } from './series'

const scratch = createColumns(CHUNK_CAPACITY)

export class MemorySeries implements StoredSeries {
  /** The series of a storage are numbered in the order of their creation. */
  readonly id: number
  readonly labels: Labels
  /** When the newest sample was, also after retention has dropped it. */
  newestMs = Number.NEGATIVE_INFINITY
  /** When the oldest sample is; later than everything where there is none. */
  oldestMs = Number.POSITIVE_INFINITY
  readonly #log: ChunkLog
  readonly #chunks: ChunkAddress[] = []
  readonly #open = new OpenChunk()
  /** How many samples are open at most. */
  #openCapacity: number

  /**
   * Series that begin together would fill their chunks together, and one scrape would pay for all of them. So the
   * first chunks are of all sizes, and from then on a few series per scrape seal one.
   */
  constructor(id: number, labels: Labels, log: ChunkLog) {
    this.id = id
    this.labels = labels
    this.#log = log
    this.#openCapacity = CHUNK_CAPACITY - (id % CHUNK_CAPACITY)
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0 && this.#open.sampleCount === 0
  }

  /** How many chunks there are, the open one included. */
  get chunkCount(): number {
    return this.#chunks.length + (this.#open.sampleCount > 0 ? 1 : 0)
  }

  /** The sample has to be newer than `newestMs`. Returns the chunk that was sealed for it, if one was. */
  append(timestampMs: number, value: number, isStale: boolean): Uint8Array | undefined {
    const open = this.#open
    const isFull = open.sampleCount >= this.#openCapacity || open.isFullFor(timestampMs)
    const sealed = isFull ? this.#seal() : undefined
    open.append(timestampMs, value, isStale)
    this.newestMs = timestampMs
    if (timestampMs < this.oldestMs) this.oldestMs = timestampMs
    return sealed
  }

  /**
   * Puts an older chunk in front of all others. What it holds of the time that is known already is left out. Returns how
   * many samples came in.
   */
  prepend(chunk: Uint8Array): number {
    const memory = { bytes: chunk, view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength) }
    const { oldestMs } = this
    let bytes = chunk
    let sampleCount = chunkSampleCount(memory, 0)
    if (chunkLastMs(memory, 0) >= oldestMs) {
      scratch.stale.fill(0)
      sampleCount = decodeChunk(memory, 0, Number.NEGATIVE_INFINITY, oldestMs - 1, scratch, 0)
      if (sampleCount === 0) return 0
      bytes = encodeChunk(scratch, sampleCount)
    }
    this.#chunks.unshift(this.#log.add(bytes))
    this.oldestMs = this.#firstMs(0)
    this.newestMs = Math.max(this.newestMs, this.#lastMs(0))
    return sampleCount
  }

  /** Drops the chunks that are wholly older than `keepFromMs`, and returns how many samples they held. */
  dropBefore(keepFromMs: number): number {
    let dropped = 0
    let old = 0
    while (old < this.#chunks.length && this.#lastMs(old) < keepFromMs) dropped += this.#removed(old++)
    if (old > 0) this.#chunks.splice(0, old)
    if (this.#chunks.length === 0 && this.#open.lastMs < keepFromMs) {
      dropped += this.#open.sampleCount
      this.#open.clear()
    }
    if (dropped > 0) this.oldestMs = this.#findOldest()
    return dropped
  }

  /** Forgets all samples later than that, and returns how many there were. */
  cutAfter(newestMs: number): number {
    let cut = this.#open.sampleCount
    this.#open.cutAfter(newestMs)
    cut -= this.#open.sampleCount
    for (let last = this.#chunks.length - 1; last >= 0 && this.#lastMs(last) > newestMs; last--) {
      scratch.stale.fill(0)
      const kept = this.#decode(last, Number.NEGATIVE_INFINITY, newestMs, scratch, 0)
      cut += this.#removed(last) - kept
      this.#chunks.pop()
      if (kept > 0) this.#chunks.push(this.#log.add(encodeChunk(scratch, kept)))
    }
    this.oldestMs = this.#findOldest()
    const last = this.#chunks.length - 1
    if (this.#open.sampleCount > 0) this.newestMs = this.#open.lastMs
    else this.newestMs = last >= 0 ? this.#lastMs(last) : Number.NEGATIVE_INFINITY
    return cut
  }

  /** Whether there may be a sample from `fromMs` to `toMs`, both inclusive: as exactly as the chunks tell. */
  hasBetween(fromMs: number, toMs: number): boolean {
    return this.roomBetween(fromMs, toMs) > 0
  }

  /** How many samples the chunks hold that lie in that time, or partly. */
  roomBetween(fromMs: number, toMs: number): number {
    let room = this.#isOpenBetween(fromMs, toMs) ? this.#open.sampleCount : 0
    for (let i = this.#endBetween(fromMs, toMs); i > 0 && this.#lastMs(i - 1) >= fromMs; i--) {
      room += this.#sampleCount(i - 1)
    }
    return room
  }

  /**
   * Copies the samples from `fromMs` to `toMs`, both inclusive, into the columns from position `start` on, which need
   * `roomBetween` of room. Returns the position after the last one.
   */
  read(fromMs: number, toMs: number, into: Columns, start: number): number {
    const end = this.#endBetween(fromMs, toMs)
    let first = end
    while (first > 0 && this.#lastMs(first - 1) >= fromMs) first--
    let at = start
    for (let i = first; i < end; i++) at = this.#decode(i, fromMs, toMs, into, at)
    return this.#isOpenBetween(fromMs, toMs) ? this.#open.read(fromMs, toMs, into, at) : at
  }

  samples(fromMs: number, toMs: number): Series | undefined {
    const room = this.roomBetween(fromMs, toMs)
    if (room === 0) return undefined
    const columns = createColumns(room)
    const end = this.read(fromMs, toMs, columns, 0)
    return end > 0 ? { labels: this.labels, ...viewColumns(columns, 0, end) } : undefined
  }

  /** What the encoded chunks that lie in that time, or partly, say of themselves. The open samples are in none. */
  summaries(fromMs: number, toMs: number): ChunkSummary[] {
    const found: ChunkSummary[] = []
    for (let i = this.#endBetween(fromMs, toMs); i > 0 && this.#lastMs(i - 1) >= fromMs; i--) {
      found.push(summarizeChunk(this.#memory(i - 1), this.#offset(i - 1)))
    }
    return found.reverse()
  }

  /** Copies of the encoded chunks. */
  sealedChunks(): Uint8Array[] {
    return this.#chunks.map((_, i) => {
      const memory = this.#memory(i)
      return memory.bytes.slice(this.#offset(i), this.#offset(i) + chunkByteLength(memory, this.#offset(i)))
    })
  }

  #seal(): Uint8Array {
    const bytes = this.#open.seal()
    this.#chunks.push(this.#log.add(bytes))
    this.#open.clear()
    this.#openCapacity = CHUNK_CAPACITY
    return bytes
  }

  #findOldest(): number {
    if (this.#chunks.length > 0) return this.#firstMs(0)
    return this.#open.sampleCount > 0 ? this.#open.firstMs : Number.POSITIVE_INFINITY
  }

  #isOpenBetween(fromMs: number, toMs: number): boolean {
    return this.#open.sampleCount > 0 && this.#open.firstMs <= toMs && this.#open.lastMs >= fromMs
  }

  /** After the last chunk that may be in that time; most questions are about the open one, and look at no other. */
  #endBetween(fromMs: number, toMs: number): number {
    if (this.#open.sampleCount > 0 && this.#open.firstMs <= fromMs) return 0
    let end = this.#chunks.length
    while (end > 0 && this.#firstMs(end - 1) > toMs) end--
    return end
  }

  #memory(i: number) {
    return this.#log.memoryOf(this.#chunks[i] ?? 0)
  }

  #offset(i: number): number {
    return this.#log.offsetOf(this.#chunks[i] ?? 0)
  }

  #firstMs(i: number): number {
    return chunkFirstMs(this.#memory(i), this.#offset(i))
  }

  #lastMs(i: number): number {
    return chunkLastMs(this.#memory(i), this.#offset(i))
  }

  #sampleCount(i: number): number {
    return chunkSampleCount(this.#memory(i), this.#offset(i))
  }

  #decode(i: number, fromMs: number, toMs: number, into: Columns, start: number): number {
    return decodeChunk(this.#memory(i), this.#offset(i), fromMs, toMs, into, start)
  }

  /** Removes a chunk's bytes, not its address. Returns how many samples it held. */
  #removed(i: number): number {
    const sampleCount = this.#sampleCount(i)
    this.#log.remove(this.#chunks[i] ?? 0)
    return sampleCount
  }
}
