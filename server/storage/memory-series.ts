// One series in memory: its labels, and its samples in chunks, of which whole ones are dropped as they age.
import type { Labels } from '../exposition/snapshot'
import { CHUNK_CAPACITY, Chunk } from './chunk'

export class MemorySeries {
  /** The series of a storage are numbered in the order of their creation. */
  readonly id: number
  readonly labels: Labels
  newestMs = Number.NEGATIVE_INFINITY
  #chunks: Chunk[] = []

  constructor(id: number, labels: Labels) {
    this.id = id
    this.labels = labels
  }

  get oldestMs(): number {
    return this.#chunks[0]?.firstMs ?? Number.POSITIVE_INFINITY
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0
  }

  /** The sample has to be newer than `newestMs`. */
  append(timestampMs: number, value: number, isStale: boolean): void {
    this.newestMs = timestampMs
    if (this.#chunks.at(-1)?.append(timestampMs, value, isStale)) return
    const chunk = new Chunk(timestampMs, this.#nextCapacity())
    chunk.append(timestampMs, value, isStale)
    this.#chunks.push(chunk)
  }

  /** Drops the chunks that are wholly older than `keepFromMs`, and returns how many samples they held. */
  dropBefore(keepFromMs: number): number {
    let dropped = 0
    let oldest = this.#chunks[0]
    while (oldest !== undefined && oldest.lastMs < keepFromMs) {
      dropped += oldest.sampleCount
      this.#chunks.shift()
      oldest = this.#chunks[0]
    }
    return dropped
  }

  /** The chunks that may hold samples from `fromMs` to `toMs`, both inclusive; most questions are about the newest. */
  chunksBetween(fromMs: number, toMs: number): readonly Chunk[] {
    let end = this.#chunks.length
    while (end > 0 && (this.#chunks[end - 1]?.firstMs ?? 0) > toMs) end--
    let start = end
    while (start > 0 && (this.#chunks[start - 1]?.lastMs ?? 0) >= fromMs) start--
    return this.#chunks.slice(start, end)
  }

  /**
   * Series that begin together would fill their chunks together, and one scrape would pay for all of them. So the
   * first chunks are of all sizes, and from then on a few series per scrape begin a new one.
   */
  #nextCapacity(): number {
    return this.#chunks.length === 0 ? CHUNK_CAPACITY - (this.id % CHUNK_CAPACITY) : CHUNK_CAPACITY
  }
}
