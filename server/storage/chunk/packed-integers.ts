// A short list of integers in few bits each: as their distance from a base, all in the same width, and those few that
// lie far off listed apart. (Patched frame of reference: Zukowski et al., "Super-Scalar RAM-CPU Cache Compression".)
// Steps of a counter, steps of time and zeros with an exception now and then are all of this kind.
import type { ByteReader, ByteWriter } from './byte-stream'

/** Wider ones than this are exceptions. */
const MAX_WIDTH = 52
/** Wide ones are packed in layers, since a 32-bit operation has to hold the bits and a byte before them. */
const LAYER_WIDTH = 24

/** Positions are bytes. */
export const MAX_INTEGERS = 255

const far = new Uint8Array(MAX_INTEGERS)
let sorted = new Float64Array(0)
/** The different ones of the integers, ascending. */
const distinct = new Float64Array(MAX_INTEGERS)
/** At `i`, the bytes that the integers below `distinct[i]` would take if all of them were exceptions. */
const farBytes = new Uint16Array(MAX_INTEGERS + 1)

/** Appends the first `count` integers, at most MAX_INTEGERS, each from -2^52 to 2^52. */
export function packIntegers(integers: Float64Array, count: number, writer: ByteWriter): void {
  const { base, width } = chooseFrame(integers, count)
  const limit = base + 2 ** width
  let farCount = 0
  for (let i = 0; i < count; i++) {
    const integer = integers[i] ?? 0
    if (integer < base || integer >= limit) far[farCount++] = i
  }
  writer.byte(width)
  writer.byte(farCount)
  writer.signed(base)
  for (let low = 0; low < width; low += LAYER_WIDTH) {
    packLayer(integers, count, writer, base, limit, low, Math.min(width - low, LAYER_WIDTH))
  }
  for (let i = 0; i < farCount; i++) {
    const position = far[i] ?? 0
    writer.byte(position)
    writer.signed(integers[position] ?? 0)
  }
}

/** Reads back the `count` integers that were packed. Throws an Error where they can't be. */
export function unpackIntegers(reader: ByteReader, count: number, into: Float64Array): void {
  const width = reader.byte()
  const farCount = reader.byte()
  const base = reader.signed()
  if (width > MAX_WIDTH) throw new Error(`expected integers of at most ${MAX_WIDTH} bits, got ${width}`)
  into.fill(base, 0, count)
  for (let low = 0; low < width; low += LAYER_WIDTH) {
    unpackLayer(reader, count, into, 2 ** low, Math.min(width - low, LAYER_WIDTH))
  }
  for (let i = 0; i < farCount; i++) {
    const position = reader.byte()
    if (position >= count) throw new Error(`expected a position below ${count}, got ${position}`)
    into[position] = reader.signed()
  }
}

/** The base and the width that take the fewest bytes, exceptions included. */
function chooseFrame(integers: Float64Array, count: number): { base: number; width: number } {
  if (count === 0) return { base: 0, width: 0 }
  const distinctCount = sortDistinct(integers, count)
  const least = distinct[0] ?? 0
  const allFarBytes = farBytes[distinctCount] ?? 0
  let base = least
  let width = Math.min(Math.ceil(Math.log2((distinct[distinctCount - 1] ?? 0) - least + 1)), MAX_WIDTH)
  let fewestBytes = Number.POSITIVE_INFINITY
  for (let tried = width; tried >= 0; tried = narrower(tried)) {
    const packedBytes = Math.ceil((count * tried) / 8)
    if (packedBytes >= fewestBytes) continue
    const span = 2 ** tried
    for (let start = 0, end = 0; end < distinctCount; start++) {
      const from = distinct[start] ?? 0
      while (end < distinctCount && (distinct[end] ?? 0) - from < span) end++
      const bytes = packedBytes + allFarBytes - (farBytes[end] ?? 0) + (farBytes[start] ?? 0)
      if (bytes >= fewestBytes) continue
      fewestBytes = bytes
      base = from
      width = tried
    }
  }
  return { base, width }
}

/** The next width to try. Among wide ones, a few bits more or less are not worth the time to look for them. */
function narrower(width: number): number {
  return width > 16 ? width - 4 : width - 1
}

/** Returns how many different ones there are. */
function sortDistinct(integers: Float64Array, count: number): number {
  if (sorted.length !== count) sorted = new Float64Array(count)
  sorted.set(integers.subarray(0, count))
  sorted.sort()
  let last = -1
  let bytes = 0
  for (const integer of sorted) {
    if (last < 0 || integer !== distinct[last]) {
      distinct[++last] = integer
      farBytes[last] = bytes
    }
    bytes += exceptionBytes(integer)
    farBytes[last + 1] = bytes
  }
  return last + 1
}

/** Its position, and as many bytes as ByteWriter.signed makes of it. */
function exceptionBytes(integer: number): number {
  let bytes = 2
  for (let limit = 64; integer >= limit || integer < -limit; limit *= 128) bytes++
  return bytes
}

/** Appends `width` bits of each integer's distance from the base, from bit `low` on. */
function packLayer(
  integers: Float64Array,
  count: number,
  writer: ByteWriter,
  base: number,
  limit: number,
  low: number,
  width: number,
): void {
  const place = 2 ** low
  const modulus = 2 ** width
  let pending = 0
  let pendingBits = 0
  for (let i = 0; i < count; i++) {
    const integer = integers[i] ?? 0
    const distance = integer < base || integer >= limit ? 0 : integer - base
    pending |= (Math.floor(distance / place) % modulus) << pendingBits
    pendingBits += width
    while (pendingBits >= 8) {
      writer.byte(pending)
      pending >>>= 8
      pendingBits -= 8
    }
  }
  if (pendingBits > 0) writer.byte(pending)
}

function unpackLayer(reader: ByteReader, count: number, into: Float64Array, place: number, width: number): void {
  const { bytes } = reader
  const mask = 2 ** width - 1
  let at = reader.at
  let pending = 0
  let pendingBits = 0
  for (let i = 0; i < count; i++) {
    while (pendingBits < width) {
      pending |= (bytes[at++] ?? 0) << pendingBits
      pendingBits += 8
    }
    into[i] = (into[i] ?? 0) + (pending & mask) * place
    pending >>>= width
    pendingBits -= width
  }
  reader.at = at
}
