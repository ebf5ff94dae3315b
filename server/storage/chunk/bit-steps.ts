// Sums of seconds, and other values that use all of their digits, as steps of their bits.
import type { ByteReader, ByteWriter } from './byte-stream'
import type { Columns } from './columns'
import { HIGH, LOW } from './columns'
import { addMisfit, forgetMisfits, misfitAt, packMisfits, unpackMisfits } from './misfits'
import { MAX_INTEGERS, packIntegers, unpackIntegers } from './packed-integers'

const WORD = 2 ** 32
/** Steps of bits whose upper half is less are exact as numbers. */
const MAX_HIGH_STEP = 2 ** 19

const steps = new Float64Array(MAX_INTEGERS)
/** For each position whether it has a step, in bytes of eight positions. */
const stepFlags = new Uint8Array(MAX_INTEGERS / 8 + 1)

/**
 * A double's bits are an integer of 64 bits, and near values have near integers. Appends the values
 * from position 1 on: first a bit for each position says
 * whether there is a step, so that a value which stays as it is takes no more. A step goes from the last finite value,
 * also where that is listed apart.
 */
export function packBits({ values, words }: Columns, count: number, writer: ByteWriter): void {
  forgetMisfits()
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
      addMisfit(i)
    } else if (step !== 0) {
      stepFlags[i >> 3] = (stepFlags[i >> 3] ?? 0) | (1 << (i & 7))
      steps[stepCount++] = step
      stepBits |= step
    }
  }
  // Values of few digits, such as those that once were floats of 32 bits, end in zeros.
  const zeros = stepBits === 0 ? 0 : 31 - Math.clz32(stepBits & -stepBits)
  for (let i = 0; i < stepCount; i++) steps[i] = (steps[i] ?? 0) / 2 ** zeros
  packMisfits(words, writer)
  for (let i = 0; i <= (count - 1) >> 3; i++) writer.byte(stepFlags[i] ?? 0)
  writer.byte(stepCount)
  writer.byte(zeros)
  packIntegers(steps, stepCount, writer)
}

/** Reads the values after the one at `start`, which has to be there. Throws an Error where they are none. */
export function unpackBits(reader: ByteReader, count: number, into: Columns, start: number): void {
  unpackMisfits(reader, count, into, start)
  const { words } = into
  for (let i = 0; i <= (count - 1) >> 3; i++) stepFlags[i] = reader.byte()
  const stepCount = reader.byte()
  if (stepCount >= count) throw new Error(`expected less than ${count} steps, got ${stepCount}`)
  const unit = 2 ** reader.byte()
  unpackIntegers(reader, stepCount, steps)
  let low = words[2 * start + LOW] ?? 0
  let high = words[2 * start + HIGH] ?? 0
  for (let i = 1, nextStep = 0, nextMisfit = 0; i < count; i++) {
    const at = 2 * (start + i)
    if (misfitAt(nextMisfit) === i) {
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
