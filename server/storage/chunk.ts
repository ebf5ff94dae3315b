// Some samples of one series, in the order of time. How they are encoded is known in this file only.

/** Where samples are read into: columns of equal length. `stale` is 0, or 1 for a staleness marker. */
export type Columns = { timestampsMs: Float64Array; values: Float64Array; stale: Uint8Array }

/** The most samples that one chunk holds, as in Prometheus. */
export const CHUNK_CAPACITY = 120

/** The longest time from a chunk's first sample to its last: 32 bits of milliseconds, about 49 days. */
const LONGEST_SPAN_MS = 2 ** 32 - 1

/** 12 bytes a sample: a timestamp as an offset from the chunk's first one, and the value. */
export class Chunk {
  readonly firstMs: number
  lastMs: number
  sampleCount = 0
  /** Where the staleness markers are; undefined while there is none. */
  #stalePositions: number[] | undefined
  readonly #offsetsMs: Uint32Array
  readonly #values: Float64Array

  /** An empty chunk whose first sample will be at `firstMs`. */
  constructor(firstMs: number, capacity: number) {
    this.firstMs = firstMs
    this.lastMs = firstMs
    const bytes = new ArrayBuffer(capacity * 12)
    this.#values = new Float64Array(bytes, 0, capacity)
    this.#offsetsMs = new Uint32Array(bytes, capacity * 8, capacity)
  }

  /** Adds a sample that is newer than all others. Returns false if it doesn't fit: a new chunk has to begin. */
  append(timestampMs: number, value: number, isStale: boolean): boolean {
    const at = this.sampleCount
    const offsetMs = timestampMs - this.firstMs
    if (at === this.#values.length || offsetMs > LONGEST_SPAN_MS) return false
    this.#offsetsMs[at] = offsetMs
    this.#values[at] = value
    if (isStale) {
      this.#stalePositions ??= []
      this.#stalePositions.push(at)
    }
    this.sampleCount = at + 1
    this.lastMs = timestampMs
    return true
  }

  /**
   * Copies the samples from `fromMs` to `toMs`, both inclusive, into the columns from position `start` on. Returns
   * the position after the last one written. The columns need room for `sampleCount` samples.
   */
  read(fromMs: number, toMs: number, columns: Columns, start: number): number {
    const first = this.#positionOf(fromMs)
    const end = toMs >= this.lastMs ? this.sampleCount : this.#positionOf(Math.floor(toMs) + 1)
    const { timestampsMs, values, stale } = columns
    for (let i = first, at = start; i < end; i++, at++) {
      timestampsMs[at] = this.firstMs + (this.#offsetsMs[i] ?? 0)
      values[at] = this.#values[i] ?? 0
    }
    for (const at of this.#stalePositions ?? []) {
      if (at >= first && at < end) stale[start + at - first] = 1
    }
    return start + Math.max(0, end - first)
  }

  /** The position of the first sample that is not older than this, by binary search. */
  #positionOf(timestampMs: number): number {
    const offsetMs = timestampMs - this.firstMs
    if (offsetMs <= 0) return 0
    let low = 0
    let high = this.sampleCount
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#offsetsMs[middle] ?? 0) < offsetMs) low = middle + 1
      else high = middle
    }
    return low
  }
}
