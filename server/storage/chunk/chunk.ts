// Some samples of one series, in the order of time, as bytes that never change again: the same in memory and in a file.
//
//   byte 0      how it is encoded: FORMAT, and flags
//   byte 1      how many samples
//   bytes 2, 3  how many bytes, these included
//   4 to 7      milliseconds from the first sample to the last
//   8 to 15     the first sample's time, in milliseconds since 1970
//   16 to 23    the first value
//   then        the steps of time, unless all are the same; then the values, unless all are the same
//
// Numbers are little-endian. A scrape's samples come at equal steps of time and most buckets rarely move, so that most
// chunks are 24 bytes.
import { ByteReader, ByteWriter } from './byte-stream'
import { packValues, unpackValues } from './chunk-values'
import type { Columns } from './columns'
import { createColumns, HIGH, isStaleAt, LOW } from './columns'
import { packIntegers, unpackIntegers } from './packed-integers'

/** The most samples that one chunk holds, as in Prometheus. */
export const CHUNK_CAPACITY = 120

/** The longest time from a chunk's first sample to its last: 32 bits of milliseconds, about 49 days. */
export const LONGEST_SPAN_MS = 2 ** 32 - 1

/** Memory with chunks in it. */
export type ChunkMemory = { bytes: Uint8Array; view: DataView }

/** What a chunk says of itself without being decoded. */
export type ChunkSummary = { firstMs: number; lastMs: number; sampleCount: number }

const FORMAT = 0x10
const FORMAT_MASK = 0xf0
const SAME_VALUE = 1
const UNEVEN_TIMES = 2

const HEADER_BYTES = 24

const writer = new ByteWriter(16_384)
const writerView = new DataView(writer.bytes.buffer)
const reader = new ByteReader()
const steps = new Float64Array(CHUNK_CAPACITY)
/** The samples of a chunk that is looked through. */
const checked = createColumns(CHUNK_CAPACITY)

/**
 * Encodes the samples at positions 0 to `count` - 1, from 1 to CHUNK_CAPACITY of them, not longer apart than
 * LONGEST_SPAN_MS. A staleness marker is told by its value's bits, whatever `stale` says. The bytes are valid until the
 * next call.
 */
export function encodeChunk(columns: Columns, count: number): Uint8Array {
  const { timestampsMs, words } = columns
  const firstMs = timestampsMs[0] ?? 0
  const isSameValue = isOneValue(words, count)
  const isUneven = !isEven(timestampsMs, count)
  writer.length = 0
  writer.byte(FORMAT | (isSameValue ? SAME_VALUE : 0) | (isUneven ? UNEVEN_TIMES : 0))
  writer.byte(count)
  writer.length = 4
  writer.word((timestampsMs[count - 1] ?? 0) - firstMs)
  writerView.setFloat64(8, firstMs, true)
  writer.length = 16
  writer.word(words[LOW] ?? 0)
  writer.word(words[HIGH] ?? 0)
  if (isUneven) packTimes(timestampsMs, count)
  if (!isSameValue) packValues(columns, count, writer)
  writerView.setUint16(2, writer.length, true)
  return writer.bytes.subarray(0, writer.length)
}

/** Of the chunk at `offset`, as are the others. */
export function summarizeChunk(memory: ChunkMemory, offset: number): ChunkSummary {
  return {
    firstMs: chunkFirstMs(memory, offset),
    lastMs: chunkLastMs(memory, offset),
    sampleCount: chunkSampleCount(memory, offset),
  }
}

export function chunkFirstMs({ view }: ChunkMemory, offset: number): number {
  return view.getFloat64(offset + 8, true)
}

export function chunkLastMs({ view }: ChunkMemory, offset: number): number {
  return view.getFloat64(offset + 8, true) + view.getUint32(offset + 4, true)
}

export function chunkSampleCount({ bytes }: ChunkMemory, offset: number): number {
  return bytes[offset + 1] ?? 0
}

export function chunkByteLength({ view }: ChunkMemory, offset: number): number {
  return view.getUint16(offset + 2, true)
}

/**
 * Decodes the samples from `fromMs` to `toMs`, both inclusive, into the columns from position `start` on. Returns the
 * position after the last one. The columns need room for all of the chunk's samples; `stale` has to be 0 there.
 */
export function decodeChunk(
  memory: ChunkMemory,
  offset: number,
  fromMs: number,
  toMs: number,
  into: Columns,
  start: number,
): number {
  const { bytes, view } = memory
  const flags = bytes[offset] ?? 0
  const count = bytes[offset + 1] ?? 0
  const spanMs = view.getUint32(offset + 4, true)
  const firstMs = view.getFloat64(offset + 8, true)
  const end = start + count
  reader.bytes = bytes
  reader.at = offset + HEADER_BYTES
  if ((flags & UNEVEN_TIMES) !== 0) unpackTimes(firstMs, count, into.timestampsMs, start)
  else fillTimes(firstMs, spanMs / (count - 1), into.timestampsMs, start, end)
  into.words[2 * start + LOW] = view.getUint32(offset + 16, true)
  into.words[2 * start + HIGH] = view.getUint32(offset + 20, true)
  if (isStaleAt(into.words, start)) into.stale[start] = 1
  if ((flags & SAME_VALUE) === 0) unpackValues(reader, count, into, start)
  else repeatFirst(into, start, end)
  if (fromMs <= firstMs && toMs >= firstMs + spanMs) return end
  return keepBetween(fromMs, toMs, into, start, end)
}

function fillTimes(firstMs: number, stepMs: number, into: Float64Array, start: number, end: number): void {
  into[start] = firstMs
  for (let at = start + 1; at < end; at++) into[at] = firstMs + (at - start) * stepMs
}

function packTimes(timestampsMs: Float64Array, count: number): void {
  for (let i = 1; i < count; i++) steps[i - 1] = (timestampsMs[i] ?? 0) - (timestampsMs[i - 1] ?? 0)
  packIntegers(steps, count - 1, writer)
}

function unpackTimes(firstMs: number, count: number, into: Float64Array, start: number): void {
  unpackIntegers(reader, count - 1, steps)
  let timestampMs = firstMs
  into[start] = firstMs
  for (let i = 1; i < count; i++) {
    timestampMs += steps[i - 1] ?? 0
    into[start + i] = timestampMs
  }
}

function repeatFirst({ stale, values, words }: Columns, start: number, end: number): void {
  const value = values[start] ?? 0
  if (!Number.isNaN(value)) {
    values.fill(value, start, end)
    return
  }
  // As a number, a NaN could lose its bits.
  for (let at = start + 1; at < end; at++) words.copyWithin(2 * at, 2 * start, 2 * start + 2)
  stale.fill(stale[start] ?? 0, start, end)
}

/** Of the samples from `start` to `end`, keeps those of that time, moved to the start. */
function keepBetween(fromMs: number, toMs: number, columns: Columns, start: number, end: number): number {
  const { timestampsMs, values, stale } = columns
  let first = start
  while (first < end && (timestampsMs[first] ?? 0) < fromMs) first++
  let last = end
  while (last > first && (timestampsMs[last - 1] ?? 0) > toMs) last--
  if (first > start) {
    timestampsMs.copyWithin(start, first, last)
    values.copyWithin(start, first, last)
    stale.copyWithin(start, first, last)
  }
  const kept = start + last - first
  stale.fill(0, kept, end)
  return kept
}

function isOneValue(words: Uint32Array, count: number): boolean {
  for (let at = 2; at < 2 * count; at++) {
    if (words[at] !== words[at & 1]) return false
  }
  return true
}

function isEven(timestampsMs: Float64Array, count: number): boolean {
  const firstMs = timestampsMs[0] ?? 0
  const stepMs = (timestampsMs[1] ?? 0) - firstMs
  for (let i = 2; i < count; i++) {
    if (timestampsMs[i] !== firstMs + i * stepMs) return false
  }
  return true
}

/**
 * Looks through a chunk from elsewhere, so that all that it says can be relied on. Throws an Error that says what is
 * wrong with it.
 */
export function checkChunk(bytes: Uint8Array): ChunkSummary {
  const wrong = (reason: string) => new Error(`expected a chunk of samples, got ${reason}`)
  if (bytes.length < HEADER_BYTES) throw wrong(`${bytes.length} bytes`)
  const memory = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
  const format = (bytes[0] ?? 0) & FORMAT_MASK
  if (format !== FORMAT) throw wrong(`one in the unknown format ${format}`)
  const byteLength = chunkByteLength(memory, 0)
  if (byteLength !== bytes.length) throw wrong(`${bytes.length} bytes that say that they are ${byteLength}`)
  const summary = summarizeChunk(memory, 0)
  const { firstMs, lastMs, sampleCount } = summary
  if (sampleCount < 1 || sampleCount > CHUNK_CAPACITY) throw wrong(`one of ${sampleCount} samples`)
  if (!Number.isSafeInteger(firstMs) || !Number.isSafeInteger(lastMs)) throw wrong(`one that begins at ${firstMs}`)
  const columns = checked
  columns.stale.fill(0)
  decodeChunk(memory, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, columns, 0)
  if (reader.at !== bytes.length) throw wrong('one whose parts have other lengths')
  const { timestampsMs } = columns
  for (let i = 1; i < sampleCount; i++) {
    const gapMs = (timestampsMs[i] ?? 0) - (timestampsMs[i - 1] ?? 0)
    if (!Number.isInteger(gapMs) || gapMs <= 0) throw wrong('one whose times are not ascending')
  }
  if (timestampsMs[sampleCount - 1] !== lastMs) throw wrong('one that does not end when it says')
  return summary
}
