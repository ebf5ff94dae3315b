// The values of a chunk in few bytes, bit for bit. What an app measures is mostly integers and decimals: times a power
// of ten they are integers, and their steps are packed (after ALP: Afroozeh et al., "Adaptive Lossless Floating-Point
// Compression"). Sums of seconds and whatever else uses all of its digits are kept as steps of their bits. NaN, the
// infinities, -0 and other values that don't fit in are listed apart.
import type { ByteReader, ByteWriter } from './byte-stream'
import type { Columns } from './columns'
import { HIGH, LOW, STALE_HIGH, STALE_LOW } from './columns'
import { MAX_INTEGERS, packIntegers, unpackIntegers } from './packed-integers'

const MAX_EXPONENT = 9
/** Steps between integers up to here are exact, and so is twice a step. */
const MAX_INTEGER = 2 ** 51
/** What stands in the place of an exponent where the steps are those of the bits. */
const STEPS_OF_BITS = 255
/** Decimals that take more than this for each may take less as bits. */
const WIDE_BYTES = 4
const WORD = 2 ** 32
/** Steps of bits whose upper half is less are exact as numbers. */
const MAX_HIGH_STEP = 2 ** 19

const steps = new Float64Array(MAX_INTEGERS)
/** For each position whether it has a step, in bytes of eight positions. */
const stepFlags = new Uint8Array(MAX_INTEGERS / 8 + 1)
/** The positions of the values that are listed apart, ascending. */
const misfits = new Uint8Array(MAX_INTEGERS)
let misfitCount = 0

/** Appends the values at positions 1 to `count` - 1; who reads them has to know the first. At most 255 values. */
export function packValues(columns: Columns, count: number, writer: ByteWriter): void {
  const start = writer.length
  const exponent = decimalExponent(columns.values, count)
  if (exponent === undefined) {
    packBits(columns, count, writer)
    return
  }
  packDecimals(columns, count, exponent, writer)
  const middle = writer.length
  if (middle - start <= WIDE_BYTES * count) return
  packBits(columns, count, writer)
  if (writer.length - middle < middle - start) {
    writer.bytes.copyWithin(start, middle, writer.length)
    writer.length -= middle - start
  } else {
    writer.length = middle
  }
}

/**
 * Reads `count` values into the columns from position `start` on, where the first one has to be already. Throws an
 * Error where the bytes are not what `packValues` wrote.
 */
export function unpackValues(reader: ByteReader, count: number, into: Columns, start: number): void {
  const exponent = reader.byte()
  if (exponent === STEPS_OF_BITS) {
    unpackMisfits(reader, count, into, start)
    unpackBits(reader, count, into.words, start)
  } else {
    if (exponent > MAX_EXPONENT) throw new Error(`expected an exponent of at most ${MAX_EXPONENT}, got ${exponent}`)
    unpackDecimals(reader, count, 10 ** exponent, into.values, start)
    unpackMisfits(reader, count, into, start)
  }
}

/** Whether the value there is a staleness marker. */
export function isStaleAt(words: Uint32Array, at: number): boolean {
  return words[2 * at + LOW] === STALE_LOW && words[2 * at + HIGH] === STALE_HIGH
}

/** The least power of ten that makes integers of all values but a few; undefined where there is none. */
function decimalExponent(values: Float64Array, count: number): number | undefined {
  const allowed = 1 + (count >> 3)
  for (let exponent = 0; exponent <= MAX_EXPONENT; exponent++) {
    const scale = 10 ** exponent
    let others = 0
    for (let i = 0; i < count && others <= allowed; i++) {
      const value = values[i] ?? 0
      if (Number.isFinite(value) && !isDecimal(value, scale)) others++
    }
    if (others <= allowed) return exponent
  }
  return undefined
}

/** Whether rounding and dividing gives the value back bit for bit. */
function isDecimal(value: number, scale: number): boolean {
  const integer = Math.round(value * scale)
  return Math.abs(integer) <= MAX_INTEGER && integer / scale === value && !Object.is(value, -0)
}

function packDecimals({ values, words }: Columns, count: number, exponent: number, writer: ByteWriter): void {
  const scale = 10 ** exponent
  misfitCount = 0
  let previous = firstInteger(values[0] ?? 0, scale)
  for (let i = 1; i < count; i++) {
    const value = values[i] ?? 0
    let integer = previous
    if (isDecimal(value, scale)) integer = Math.round(value * scale)
    else misfits[misfitCount++] = i
    steps[i - 1] = integer - previous
    previous = integer
  }
  writer.byte(exponent)
  packIntegers(steps, count - 1, writer)
  packMisfits(words, writer)
}

function unpackDecimals(reader: ByteReader, count: number, scale: number, values: Float64Array, start: number): void {
  unpackIntegers(reader, count - 1, steps)
  let integer = firstInteger(values[start] ?? 0, scale)
  if (scale === 1) {
    for (let i = 1; i < count; i++) {
      integer += steps[i - 1] ?? 0
      values[start + i] = integer
    }
    return
  }
  for (let i = 1; i < count; i++) {
    integer += steps[i - 1] ?? 0
    values[start + i] = integer / scale
  }
}

function firstInteger(value: number, scale: number): number {
  return isDecimal(value, scale) ? Math.round(value * scale) : 0
}

/**
 * A double's bits are an integer of 64 bits, and near values have near integers. First a bit for each position says
 * whether there is a step, so that a value which stays as it is takes no more. A step goes from the last finite value,
 * also where that is listed apart.
 */
function packBits({ values, words }: Columns, count: number, writer: ByteWriter): void {
  misfitCount = 0
  stepFlags.fill(0)
  let stepCount = 0
  let stepBits = 0
  let before = 0
  for (let i = 1; i < count; i++) {
    const high = (words[2 * i + HIGH] ?? 0) - (words[2 * before + HIGH] ?? 0)
    const step = high * WORD + (words[2 * i + LOW] ?? 0) - (words[2 * before + LOW] ?? 0)
    const isNumber = Number.isFinite(values[i])
    if (isNumber) before = i
    if (!isNumber || Math.abs(high) >= MAX_HIGH_STEP) {
      misfits[misfitCount++] = i
    } else if (step !== 0) {
      stepFlags[i >> 3] = (stepFlags[i >> 3] ?? 0) | (1 << (i & 7))
      steps[stepCount++] = step
      stepBits |= step
    }
  }
  // Values of few digits, such as those that once were floats of 32 bits, end in zeros.
  const zeros = stepBits === 0 ? 0 : 31 - Math.clz32(stepBits & -stepBits)
  for (let i = 0; i < stepCount; i++) steps[i] = (steps[i] ?? 0) / 2 ** zeros
  writer.byte(STEPS_OF_BITS)
  packMisfits(words, writer)
  for (let i = 0; i <= (count - 1) >> 3; i++) writer.byte(stepFlags[i] ?? 0)
  writer.byte(stepCount)
  writer.byte(zeros)
  packIntegers(steps, stepCount, writer)
}

function unpackBits(reader: ByteReader, count: number, words: Uint32Array, start: number): void {
  for (let i = 0; i <= (count - 1) >> 3; i++) stepFlags[i] = reader.byte()
  const stepCount = reader.byte()
  if (stepCount >= count) throw new Error(`expected less than ${count} steps, got ${stepCount}`)
  const unit = 2 ** reader.byte()
  unpackIntegers(reader, stepCount, steps)
  let low = words[2 * start + LOW] ?? 0
  let high = words[2 * start + HIGH] ?? 0
  for (let i = 1, nextStep = 0, nextMisfit = 0; i < count; i++) {
    const at = 2 * (start + i)
    if (nextMisfit < misfitCount && misfits[nextMisfit] === i) {
      nextMisfit++
      if (isFiniteWord(words[at + HIGH] ?? 0)) {
        low = words[at + LOW] ?? 0
        high = words[at + HIGH] ?? 0
      }
      continue
    }
    if ((((stepFlags[i >> 3] ?? 0) >> (i & 7)) & 1) === 1) {
      const step = (steps[nextStep++] ?? 0) * unit
      const sum = low + (step % WORD)
      const carry = Math.floor(sum / WORD)
      low = sum - carry * WORD
      high += Math.trunc(step / WORD) + carry
    }
    words[at + LOW] = low
    words[at + HIGH] = high
  }
}

/** Whether a double with this upper half is finite: its exponent is not all ones. */
function isFiniteWord(high: number): boolean {
  return (high & 0x7ff00000) !== 0x7ff00000
}

function packMisfits(words: Uint32Array, writer: ByteWriter): void {
  writer.byte(misfitCount)
  for (let i = 0; i < misfitCount; i++) {
    const position = misfits[i] ?? 0
    writer.byte(position)
    writer.word(words[2 * position + LOW] ?? 0)
    writer.word(words[2 * position + HIGH] ?? 0)
  }
}

function unpackMisfits(reader: ByteReader, count: number, { words, stale }: Columns, start: number): void {
  misfitCount = reader.byte()
  for (let i = 0; i < misfitCount; i++) {
    const position = reader.byte()
    if (position >= count) throw new Error(`expected a position below ${count}, got ${position}`)
    const at = start + position
    misfits[i] = position
    words[2 * at + LOW] = reader.word()
    words[2 * at + HIGH] = reader.word()
    if (isStaleAt(words, at)) stale[at] = 1
  }
}
