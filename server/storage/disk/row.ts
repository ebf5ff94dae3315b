// A row of the history file: its kind, and bytes with a checksum over all of it, so that what the disk has changed is
// not taken for samples.
import { crc32 } from '../../checksum'

/** What a row holds: labels of a part's series; the newest samples of all series; a part's samples of some minutes. */
export const ROW_KINDS = ['labels', 'tail', 'block'] as const

export type RowKind = (typeof ROW_KINDS)[number]

export type RowHead = {
  /** Rows are numbered in the order in which they were written. */
  id: number
  kind: RowKind
  /** Which of the parts the series belong to; 0 in a tail. */
  part: number
  /** The newest sample. 0 where there is none. */
  newestMs: number
  /** How many series had got a number when it was written: a number is never given to another series. */
  numbered: number
}

export type Row = RowHead & { bytes: Uint8Array }

const CHECKSUM_LENGTH = 4

/** The bytes of a row with these runs. */
export function sealed(head: RowHead, runs: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CHECKSUM_LENGTH + runs.length)
  bytes.set(runs, CHECKSUM_LENGTH)
  new DataView(bytes.buffer).setUint32(0, checksumOf(head, runs))
  return bytes
}

/** The runs of a row; undefined where it isn't what was written. */
export function unsealed({ bytes, ...head }: Row): Uint8Array | undefined {
  if (bytes.length < CHECKSUM_LENGTH) return undefined
  const runs = bytes.subarray(CHECKSUM_LENGTH)
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  return checksum === checksumOf(head, runs) ? runs : undefined
}

function checksumOf({ id, kind, part, newestMs, numbered }: RowHead, runs: Uint8Array): number {
  const head = new Float64Array([id, ROW_KINDS.indexOf(kind), part, newestMs, numbered])
  return crc32(runs, crc32(new Uint8Array(head.buffer)))
}
