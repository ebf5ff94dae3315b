// Columns of samples, as chunks are made from and read into.

/**
 * Columns of equal length. `words` are the same memory as `values`, two for each: a NaN keeps its bits only if it is
 * never handled as a number. `stale` is 0, or 1 for a staleness marker.
 */
export type Columns = { timestampsMs: Float64Array; values: Float64Array; words: Uint32Array; stale: Uint8Array }

export function createColumns(length: number): Columns {
  const values = new Float64Array(length)
  return {
    timestampsMs: new Float64Array(length),
    values,
    words: new Uint32Array(values.buffer),
    stale: new Uint8Array(length),
  }
}

/** The columns from `start` to `end` in the same memory; no `stale` where nothing is. */
export function viewColumns({ timestampsMs, values, stale }: Columns, start: number, end: number) {
  const marks = stale.subarray(start, end)
  // The constructors take half the time of `subarray`.
  return {
    timestampsMs: new Float64Array(timestampsMs.buffer, start * 8, end - start),
    values: new Float64Array(values.buffer, start * 8, end - start),
    stale: marks.includes(1) ? marks : undefined,
  }
}

/** Where the two words of a value are in `words`: `2 * i + LOW` and `2 * i + HIGH`. */
export const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1
export const HIGH = 1 - LOW

/** A staleness marker is a NaN with these bits, as in Prometheus; no arithmetic makes one. */
export const STALE_HIGH = 0x7ff00000
export const STALE_LOW = 2

/** Whether the value there is a staleness marker. */
export function isStaleAt(words: Uint32Array, at: number): boolean {
  return words[2 * at + LOW] === STALE_LOW && words[2 * at + HIGH] === STALE_HIGH
}
