// Runs: a chunk of one series each, one behind the other, as the rows of the history file hold them. The chunk is the
// memory's own, so that what is read is kept as it is.
import type { Labels } from '../../exposition/snapshot'
import { ByteReader, ByteWriter } from '../chunk/byte-stream'
import { chunkByteLength } from '../chunk/chunk'

export type Run = {
  /** The number by which the file knows the series. */
  seriesId: number
  /** Where the file doesn't have them already. */
  labels: Labels | undefined
  /** Whether the process that wrote this had written nothing of the series before: time may have passed without samples. */
  isFirst: boolean
  /** Undefined where only the labels are told. */
  chunk: Uint8Array | undefined
}

const HAS_LABELS = 1
const IS_FIRST = 2
const HAS_CHUNK = 4

/** A number takes 8 bytes at most. */
const HEAD_BYTES = 17
const FIRST_CAPACITY = 16_384

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Writes runs one behind the other. */
export class RunWriter {
  #bytes = new ByteWriter(FIRST_CAPACITY)

  get length(): number {
    return this.#bytes.length
  }

  /** What was written, until more is. */
  written(): Uint8Array {
    return this.#bytes.bytes.subarray(0, this.#bytes.length)
  }

  clear(): void {
    this.#bytes.length = 0
  }

  /** The chunk is copied. */
  write({ seriesId, labels, isFirst, chunk }: Run): void {
    const names = labels === undefined ? undefined : encoder.encode(JSON.stringify(labels))
    this.#makeRoom(HEAD_BYTES + (names?.length ?? 0) + (chunk?.length ?? 0))
    this.#bytes.unsigned(seriesId)
    this.#bytes.byte((names ? HAS_LABELS : 0) | (isFirst ? IS_FIRST : 0) | (chunk ? HAS_CHUNK : 0))
    if (names !== undefined) this.#bytes.unsigned(names.length)
    if (names !== undefined) this.#copy(names)
    if (chunk !== undefined) this.#copy(chunk)
  }

  #copy(source: Uint8Array): void {
    this.#bytes.bytes.set(source, this.#bytes.length)
    this.#bytes.length += source.length
  }

  #makeRoom(count: number): void {
    const { bytes, length } = this.#bytes
    if (length + count <= bytes.length) return
    const larger = new ByteWriter(Math.max(length + count, 2 * bytes.length))
    larger.bytes.set(this.written())
    larger.length = length
    this.#bytes = larger
  }
}

/** Reads what a RunWriter wrote. The chunks are parts of the bytes, not copies. */
export function* readRuns(bytes: Uint8Array): Generator<Run, void> {
  const reader = new ByteReader()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const take = (length: number): Uint8Array => {
    reader.at += length
    return bytes.subarray(reader.at - length, reader.at)
  }
  reader.bytes = bytes
  while (reader.at < bytes.length) {
    const seriesId = reader.unsigned()
    const flags = reader.byte()
    const labels: Labels | undefined =
      flags & HAS_LABELS ? JSON.parse(decoder.decode(take(reader.unsigned()))) : undefined
    const chunk = flags & HAS_CHUNK ? take(chunkByteLength({ bytes, view }, reader.at)) : undefined
    yield { seriesId, labels, isFirst: (flags & IS_FIRST) !== 0, chunk }
  }
}
