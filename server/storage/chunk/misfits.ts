// The values of a chunk that fit into no encoding (NaN, the infinities, -0, and those far from all others), listed apart
// with their positions. The list is one and the same, for the chunk that is being encoded or decoded.
import type { ByteReader, ByteWriter } from './byte-stream'
import type { Columns } from './columns'
import { HIGH, isStaleAt, LOW } from './columns'
import { MAX_INTEGERS } from './packed-integers'

const positions = new Uint8Array(MAX_INTEGERS)
let count = 0

export function forgetMisfits(): void {
  count = 0
}

/** The positions have to come in ascending order. */
export function addMisfit(position: number): void {
  positions[count++] = position
}

/** The position of misfit number `i`; -1 where there are no more. */
export function misfitAt(i: number): number {
  return i < count ? (positions[i] ?? 0) : -1
}

export function packMisfits(words: Uint32Array, writer: ByteWriter): void {
  writer.byte(count)
  for (let i = 0; i < count; i++) {
    const position = positions[i] ?? 0
    writer.byte(position)
    writer.word(words[2 * position + LOW] ?? 0)
    writer.word(words[2 * position + HIGH] ?? 0)
  }
}

/** Puts them in their places among the `valueCount` values that begin at `start`. Throws an Error where there is none. */
export function unpackMisfits(reader: ByteReader, valueCount: number, { words, stale }: Columns, start: number): void {
  count = reader.byte()
  for (let i = 0; i < count; i++) {
    const position = reader.byte()
    if (position >= valueCount) throw new Error(`expected a position below ${valueCount}, got ${position}`)
    const at = start + position
    positions[i] = position
    words[2 * at + LOW] = reader.word()
    words[2 * at + HIGH] = reader.word()
    if (isStaleAt(words, at)) stale[at] = 1
  }
}
