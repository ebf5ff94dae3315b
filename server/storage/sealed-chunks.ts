// The encoded chunks of one series, in the order of time: where they lie in the log that all series share.
import type { ChunkMemory } from './chunk/chunk'
import { CHUNK_CAPACITY, chunkFirstMs, chunkLastMs, chunkSampleCount, decodeChunk, encodeChunk } from './chunk/chunk'
import type { Columns } from './chunk/columns'
import { createColumns } from './chunk/columns'
import type { ChunkAddress, ChunkLog } from './chunk-log'

export class SealedChunks {
  readonly #log: ChunkLog
  readonly #addresses: ChunkAddress[] = []

  constructor(log: ChunkLog) {
    this.#log = log
  }

  get length(): number {
    return this.#addresses.length
  }

  /** Of the first chunk; later than everything where there is none. */
  get firstMs(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : this.#firstMs(0)
  }

  /** Of the last chunk; earlier than everything where there is none. */
  get lastMs(): number {
    return this.length === 0 ? Number.NEGATIVE_INFINITY : this.#lastMs(this.length - 1)
  }

  /** Copies the chunk, which has to be later than all others. */
  append(bytes: Uint8Array): void {
    this.#addresses.push(this.#log.add(bytes))
  }

  /** Copies the chunk, which has to be earlier than all others. */
  prepend(bytes: Uint8Array): void {
    this.#addresses.unshift(this.#log.add(bytes))
  }

  /** Drops the chunks that are wholly older, and returns how many samples they held. */
  dropBefore(keepFromMs: number): number {
    let count = 0
    while (count < this.length && this.#lastMs(count) < keepFromMs) count++
    let dropped = 0
    // Without a splice where nothing is old, which is nearly always.
    for (const address of count > 0 ? this.#addresses.splice(0, count) : []) dropped += this.#remove(address)
    return dropped
  }

  /** Forgets all samples later than that, and returns how many there were. */
  cutAfter(newestMs: number): number {
    let cut = 0
    while (this.lastMs > newestMs) {
      const scratch = createColumns(CHUNK_CAPACITY)
      const kept = this.#decode(this.length - 1, Number.NEGATIVE_INFINITY, newestMs, scratch, 0)
      cut += this.#remove(this.#addresses.pop() ?? 0) - kept
      if (kept > 0) this.append(encodeChunk(scratch, kept))
    }
    return cut
  }

  /** How many samples the chunks hold that lie in that time, or partly. */
  roomBetween(fromMs: number, toMs: number): number {
    let room = 0
    const end = this.#endBetween(toMs)
    for (let i = this.#startBetween(fromMs, end); i < end; i++)
      room += chunkSampleCount(this.#memory(i), this.#offset(i))
    return room
  }

  /** Copies the samples of that time, as `decodeChunk` does; there has to be `roomBetween` of room. */
  read(fromMs: number, toMs: number, into: Columns, start: number): number {
    let at = start
    const end = this.#endBetween(toMs)
    for (let i = this.#startBetween(fromMs, end); i < end; i++) at = this.#decode(i, fromMs, toMs, into, at)
    return at
  }

  /** After the last chunk that may be in a time up to then. Most questions are about the newest, so it looks from there. */
  #endBetween(toMs: number): number {
    let end = this.length
    while (end > 0 && this.#firstMs(end - 1) > toMs) end--
    return end
  }

  /** The first chunk before `end` that may be in a time from then on. */
  #startBetween(fromMs: number, end: number): number {
    let start = end
    while (start > 0 && this.#lastMs(start - 1) >= fromMs) start--
    return start
  }

  #memory(i: number): ChunkMemory {
    return this.#log.memoryOf(this.#addresses[i] ?? 0)
  }

  #offset(i: number): number {
    return this.#log.offsetOf(this.#addresses[i] ?? 0)
  }

  #firstMs(i: number): number {
    return chunkFirstMs(this.#memory(i), this.#offset(i))
  }

  #lastMs(i: number): number {
    return chunkLastMs(this.#memory(i), this.#offset(i))
  }

  #decode(i: number, fromMs: number, toMs: number, into: Columns, start: number): number {
    return decodeChunk(this.#memory(i), this.#offset(i), fromMs, toMs, into, start)
  }

  /** Returns how many samples the chunk held. */
  #remove(address: ChunkAddress): number {
    const sampleCount = chunkSampleCount(this.#log.memoryOf(address), this.#log.offsetOf(address))
    this.#log.remove(address)
    return sampleCount
  }
}
