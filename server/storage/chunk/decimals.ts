// What an app measures is mostly integers and decimals: times a power of ten they are integers, and their steps are packed
// (after ALP: Afroozeh et al., "Adaptive Lossless Floating-Point Compression").
import type { ByteReader, ByteWriter } from './byte-stream'
import type { Columns } from './columns'
import { addMisfit, forgetMisfits, packMisfits, unpackMisfits } from './misfits'
import { MAX_INTEGERS, packIntegers, unpackIntegers } from './packed-integers'

const MAX_EXPONENT = 9
/** Steps between integers up to here are exact, and so is twice a step. */
const MAX_INTEGER = 2 ** 51

const steps = new Float64Array(MAX_INTEGERS)

/** The least power of ten that makes integers of all values but a few; undefined where there is none. */
export function decimalExponent(values: Float64Array, count: number): number | undefined {
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

/** Appends the values from position 1 on, as steps from one to the next: times 10^exponent they are integers. */
export function packDecimals({ values, words }: Columns, count: number, exponent: number, writer: ByteWriter): void {
  const scale = 10 ** exponent
  forgetMisfits()
  let previous = firstInteger(values[0] ?? 0, scale)
  for (let i = 1; i < count; i++) {
    const value = values[i] ?? 0
    let integer = previous
    if (isDecimal(value, scale)) integer = Math.round(value * scale)
    else addMisfit(i)
    steps[i - 1] = integer - previous
    previous = integer
  }
  packIntegers(steps, count - 1, writer)
  packMisfits(words, writer)
}

/** Reads the values after the one at `start`, which has to be there. Throws an Error where they are none. */
export function unpackDecimals(
  reader: ByteReader,
  count: number,
  exponent: number,
  into: Columns,
  start: number,
): void {
  if (exponent > MAX_EXPONENT) throw new Error(`expected an exponent of at most ${MAX_EXPONENT}, got ${exponent}`)
  const { values } = into
  const scale = 10 ** exponent
  unpackIntegers(reader, count - 1, steps)
  let integer = firstInteger(values[start] ?? 0, scale)
  if (scale === 1) {
    for (let i = 1; i < count; i++) {
      integer += steps[i - 1] ?? 0
      values[start + i] = integer
    }
  } else {
    for (let i = 1; i < count; i++) {
      integer += steps[i - 1] ?? 0
      values[start + i] = integer / scale
    }
  }
  unpackMisfits(reader, count, into, start)
}

function firstInteger(value: number, scale: number): number {
  return isDecimal(value, scale) ? Math.round(value * scale) : 0
}

/** Whether rounding and dividing gives the value back bit for bit. */
function isDecimal(value: number, scale: number): boolean {
  const integer = Math.round(value * scale)
  return Math.abs(integer) <= MAX_INTEGER && integer / scale === value && !Object.is(value, -0)
}
