// The values of a chunk in few bytes, bit for bit: as decimals, or else as steps of their bits, whichever is shorter.
import { packBits, unpackBits } from './bit-steps'
import type { ByteReader, ByteWriter } from './byte-stream'
import type { Columns } from './columns'
import { decimalExponent, packDecimals, unpackDecimals } from './decimals'

/** What stands in the place of an exponent where the steps are those of the bits. */
const STEPS_OF_BITS = 255
/** Decimals that take more than this for each may take less as bits. */
const WIDE_BYTES = 4

/** Appends the values at positions 1 to `count` - 1; who reads them has to know the first. At most 255 values. */
export function packValues(columns: Columns, count: number, writer: ByteWriter): void {
  const start = writer.length
  const exponent = decimalExponent(columns.values, count)
  if (exponent !== undefined) {
    writer.byte(exponent)
    packDecimals(columns, count, exponent, writer)
  }
  const middle = writer.length
  if (exponent !== undefined && middle - start <= WIDE_BYTES * count) return
  writer.byte(STEPS_OF_BITS)
  packBits(columns, count, writer)
  if (exponent !== undefined) keepShorter(writer, start, middle)
}

/** Of two encodings one after the other, the one that takes fewer bytes. */
function keepShorter(writer: ByteWriter, start: number, middle: number): void {
  const firstLength = middle - start
  const secondLength = writer.length - middle
  if (secondLength < firstLength) writer.bytes.copyWithin(start, middle, writer.length)
  writer.length = start + Math.min(firstLength, secondLength)
}

/**
 * Reads `count` values into the columns from position `start` on, where the first one has to be already. Throws an
 * Error where the bytes are not what `packValues` wrote.
 */
export function unpackValues(reader: ByteReader, count: number, into: Columns, start: number): void {
  const exponent = reader.byte()
  if (exponent === STEPS_OF_BITS) unpackBits(reader, count, into, start)
  else unpackDecimals(reader, count, exponent, into, start)
}
