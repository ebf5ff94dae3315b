// The newest samples of one series, not encoded yet: adding and reading one is a memory access.
import { CHUNK_CAPACITY, encodeChunk, LONGEST_SPAN_MS } from './chunk/chunk'
import type { Columns } from './chunk/columns'
import { createColumns, HIGH, isStaleAt, LOW, STALE_HIGH, STALE_LOW } from './chunk/columns'

/** The bits of a staleness marker. They are copied as bits: a number would lose them. */
const STALE = Float64Array.of(0)
new Uint32Array(STALE.buffer)[LOW] = STALE_LOW
new Uint32Array(STALE.buffer)[HIGH] = STALE_HIGH

const scratch = createColumns(CHUNK_CAPACITY)

/** Many series end soon, and have no need for the room of a whole chunk. */
const FIRST_CAPACITY = 8

export class OpenChunk {
  sampleCount = 0
  firstMs = 0
  lastMs = Number.NEGATIVE_INFINITY
  /** From one sample to the next, as long as `#offsetsMs` is undefined. */
  #stepMs = 0
  /** When the samples were, from the first one on, where their steps are uneven. */
  #offsetsMs: Uint32Array | undefined
  #hasStale = false
  #values = new Float64Array(FIRST_CAPACITY)

  /** Whether no sample at that time can be added: it has to be sealed and cleared first. */
  isFullFor(timestampMs: number): boolean {
    const { sampleCount } = this
    return sampleCount === CHUNK_CAPACITY || (sampleCount > 0 && timestampMs - this.firstMs > LONGEST_SPAN_MS)
  }

  /** The sample has to be newer than `lastMs`, and the chunk not full for it. */
  append(timestampMs: number, value: number, isStale: boolean): void {
    const at = this.sampleCount
    if (at === 0) this.firstMs = timestampMs
    else if (at === 1) this.#stepMs = timestampMs - this.firstMs
    else if (this.#offsetsMs === undefined && timestampMs !== this.firstMs + at * this.#stepMs) this.#becomeUneven()
    if (at === this.#values.length) this.#grow()
    if (this.#offsetsMs !== undefined) this.#offsetsMs[at] = timestampMs - this.firstMs
    if (isStale) {
      this.#values.set(STALE, at)
      this.#hasStale = true
    } else {
      this.#values[at] = value
    }
    this.lastMs = timestampMs
    this.sampleCount = at + 1
  }

  /** All samples as a chunk; the bytes are valid until the next call of `encodeChunk`. There has to be one. */
  seal(): Uint8Array {
    for (let i = 0; i < this.sampleCount; i++) scratch.timestampsMs[i] = this.#timeAt(i)
    scratch.values.set(this.#values)
    return encodeChunk(scratch, this.sampleCount)
  }

  clear(): void {
    this.sampleCount = 0
    this.#offsetsMs = undefined
    this.#hasStale = false
  }

  /** Forgets the samples later than that. */
  cutAfter(newestMs: number): void {
    this.sampleCount = this.#positionAfter(newestMs)
    if (this.sampleCount === 0) this.clear()
    else this.lastMs = this.#timeAt(this.sampleCount - 1)
  }

  /** Copies the samples from `fromMs` to `toMs`, both inclusive, as `decodeChunk` does. */
  read(fromMs: number, toMs: number, into: Columns, start: number): number {
    const end = this.#positionAfter(toMs)
    let first = end
    let at = start
    while (first > 0 && this.#timeAt(first - 1) >= fromMs) first--
    for (let i = first; i < end; i++, at++) {
      into.timestampsMs[at] = this.#timeAt(i)
      into.values[at] = this.#values[i] ?? 0
    }
    if (this.#hasStale && end > first) {
      into.values.set(this.#values.subarray(first, end), start)
      for (let marked = start; marked < at; marked++) if (isStaleAt(into.words, marked)) into.stale[marked] = 1
    }
    return at
  }

  #timeAt(position: number): number {
    return this.firstMs + (this.#offsetsMs === undefined ? position * this.#stepMs : (this.#offsetsMs[position] ?? 0))
  }

  /** How many samples are not later than that. */
  #positionAfter(timestampMs: number): number {
    let end = this.sampleCount
    while (end > 0 && this.#timeAt(end - 1) > timestampMs) end--
    return end
  }

  #grow(): void {
    const grown = new Float64Array(Math.min(4 * this.#values.length, CHUNK_CAPACITY))
    grown.set(this.#values)
    this.#values = grown
  }

  #becomeUneven(): void {
    this.#offsetsMs = new Uint32Array(CHUNK_CAPACITY)
    for (let i = 0; i < this.sampleCount; i++) this.#offsetsMs[i] = i * this.#stepMs
  }
}
