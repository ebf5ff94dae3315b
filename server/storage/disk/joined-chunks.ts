// The chunks of one series as the file has them, brought into one order: what comes twice is taken once, small ones
// become larger ones, and where a process ended the series ends too.
import type { ChunkSummary } from '../chunk/chunk'
import { CHUNK_CAPACITY, decodeChunk, encodeChunk, LONGEST_SPAN_MS, summarizeChunk } from '../chunk/chunk'
import { createColumns, HIGH, isStaleAt, LOW, STALE_HIGH, STALE_LOW } from '../chunk/columns'

/** A chunk with fewer samples is joined with its neighbours. */
const SMALL = CHUNK_CAPACITY / 2

const scratch = createColumns(CHUNK_CAPACITY)
/** The samples that are in no chunk yet, of the one series that is being joined. */
const open = createColumns(CHUNK_CAPACITY)

export type JoinLimits = {
  /** Samples that are not older than this are left out. */
  beforeMs: number
  /** How long after its last sample a series ends whose process ended. */
  endsAfterMs: number
}

export class JoinedChunks {
  /** The newest sample that was added. */
  newestMs = Number.NEGATIVE_INFINITY
  sampleCount = 0
  /** How many samples were left out because they are not old enough. */
  tooNew = 0
  readonly #limits: JoinLimits
  readonly #chunks: Uint8Array[] = []
  #openCount = 0

  /** No two at the same time: one is to be finished before another begins. */
  constructor(limits: JoinLimits) {
    this.#limits = limits
  }

  /** Adds a chunk, which is kept and not copied; `isFirst` where the process that wrote it had written none before. */
  add(chunk: Uint8Array, isFirst: boolean): void {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const { firstMs, lastMs, sampleCount } = summarizeChunk({ bytes: chunk, view }, 0)
    if (isFirst && firstMs > this.newestMs) this.#endBefore(Math.min(firstMs, this.#limits.beforeMs))
    if (this.#canStay({ firstMs, lastMs, sampleCount })) {
      this.#chunks.push(chunk)
      this.newestMs = lastMs
      this.sampleCount += sampleCount
      return
    }
    scratch.stale.fill(0)
    const count = decodeChunk({ bytes: chunk, view }, 0, this.newestMs + 1, this.#limits.beforeMs - 1, scratch, 0)
    if (lastMs >= this.#limits.beforeMs) this.tooNew++
    for (let i = 0; i < count; i++) {
      const low = scratch.words[2 * i + LOW] ?? 0
      const high = scratch.words[2 * i + HIGH] ?? 0
      this.#put(scratch.timestampsMs[i] ?? 0, low, high)
      this.newestMs = scratch.timestampsMs[i] ?? 0
    }
  }

  /** All chunks in the order of time; the series has ended. Nothing can be added afterwards. */
  finish(): Uint8Array[] {
    this.#endBefore(this.#limits.beforeMs)
    this.#seal()
    return this.#chunks
  }

  #canStay({ firstMs, lastMs, sampleCount }: Pick<ChunkSummary, 'firstMs' | 'lastMs' | 'sampleCount'>): boolean {
    if (sampleCount < SMALL || firstMs <= this.newestMs || lastMs >= this.#limits.beforeMs) return false
    this.#seal()
    return true
  }

  /** A staleness marker after the last sample, unless it is one or there is no time for it. */
  #endBefore(beforeMs: number): void {
    const atMs = Math.min(this.newestMs + this.#limits.endsAfterMs, beforeMs - 1)
    if (this.sampleCount === 0 || atMs <= this.newestMs || this.#hasEnded()) return
    this.#put(atMs, STALE_LOW, STALE_HIGH)
  }

  #hasEnded(): boolean {
    if (this.#openCount > 0) return isStaleAt(open.words, this.#openCount - 1)
    const last = this.#chunks.at(-1)
    if (last === undefined) return false
    const view = new DataView(last.buffer, last.byteOffset, last.byteLength)
    scratch.stale.fill(0)
    const count = decodeChunk({ bytes: last, view }, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, scratch, 0)
    return isStaleAt(scratch.words, count - 1)
  }

  #put(timestampMs: number, low: number, high: number): void {
    const isFull = this.#openCount === CHUNK_CAPACITY
    if (isFull || timestampMs - (open.timestampsMs[0] ?? 0) > LONGEST_SPAN_MS) this.#seal()
    open.timestampsMs[this.#openCount] = timestampMs
    open.words[2 * this.#openCount + LOW] = low
    open.words[2 * this.#openCount + HIGH] = high
    this.#openCount++
    this.sampleCount++
  }

  #seal(): void {
    if (this.#openCount === 0) return
    this.#chunks.push(encodeChunk(open, this.#openCount).slice())
    this.#openCount = 0
  }
}
