// The file in which a worker publishes its numbers, as bytes. In front stands what locates the rest, then twice the values,
// written by turns so that one of them is always whole, and behind them what the values are of.
//
//   0  "HEARTHW" and the digit of the format     16  how long the layout is, its checksum, one value's place, spare
//   64 the first values, the second values       then the layout: the head as JSON, and a line for each family
import { z } from 'zod'
import { crc32 } from '../../checksum'
import type { Exemplar } from '../snapshot'
import type { FamilyLayout, KnownLayouts } from './family-layout'

const MAGIC = 'HEARTHW'
export const FORMAT = 1
export const FRONT_BYTES = 64
const VALUES_HEAD_BYTES = 32
/** Room for exemplars that come later. */
const SPARE_BYTES = 1_024
/** A longer file isn't read: about 100,000 series. */
export const MOST_FILE_BYTES = 32 * 2 ** 20

const HEAD = z.object({
  /** This run of a process, and no other: its id, its start and a random number. */
  incarnation: z.string().max(200),
  slot: z.number().int().min(0),
  pid: z.number().int(),
  /** When the process was started, as the system has it; absent where it doesn't say. */
  processStart: z.string().optional(),
  /** Where that process id is one. */
  namespace: z.string(),
  /** The run of the machine. */
  machine: z.string(),
  job: z.string(),
  instance: z.string(),
  startedAtMs: z.number(),
  /** Of workers that have ended, added up: which ones. Absent in a worker's own file. */
  folded: z.array(z.string()).optional(),
})

export type Head = z.infer<typeof HEAD>

export type Layout = {
  head: Head
  families: readonly FamilyLayout[]
  /** How many values there are: for each series one, or two where the file has the sums of ended workers. */
  count: number
}

export type Values = {
  /** Rises with each publication. */
  sequence: number
  takenAtMs: number
  /** The process was at its end. */
  hasEnded: boolean
  /** Those of the series in their order; then, of sums, as many that say what rounding took away. */
  numbers: Float64Array
  exemplars: readonly (readonly [place: number, exemplar: Exemplar])[]
}

/** Why a file is not read, in words that follow its name. */
export class BadFile extends Error {}

/** Where the layout is, and which one it is. */
export type Front = { layoutBytes: number; layoutSum: number; valuesBytes: number }

/** All bytes of a file, with these values in the first place. */
export function encodeFile({ head, families, count }: Layout, values: Values): Buffer {
  const layout = Buffer.from([JSON.stringify(head), ...families.map(({ text }) => text)].join('\n'))
  const encoded = encodeValues(values)
  const exemplarBytes = encoded.length - VALUES_HEAD_BYTES - count * 8
  const valuesBytes = roundUp(VALUES_HEAD_BYTES + count * 8 + 2 * exemplarBytes + SPARE_BYTES)
  const file = Buffer.alloc(FRONT_BYTES + 2 * valuesBytes + layout.length)
  file.write(`${MAGIC}${FORMAT}`, 'latin1')
  file.writeUInt32LE(layout.length, 16)
  file.writeUInt32LE(crc32(layout), 20)
  file.writeUInt32LE(valuesBytes, 24)
  encoded.copy(file, FRONT_BYTES)
  layout.copy(file, FRONT_BYTES + 2 * valuesBytes)
  return file
}

export function encodeValues({ sequence, takenAtMs, hasEnded, numbers, exemplars }: Values): Buffer {
  const examples = exemplars.length === 0 ? Buffer.alloc(0) : Buffer.from(JSON.stringify(exemplars))
  const bytes = Buffer.alloc(VALUES_HEAD_BYTES + numbers.byteLength + examples.length)
  bytes.writeDoubleLE(sequence, 0)
  bytes.writeDoubleLE(takenAtMs, 8)
  bytes.writeUInt32LE(hasEnded ? 1 : 0, 16)
  bytes.writeUInt32LE(examples.length, 20)
  bytes.writeUInt32LE(numbers.length, 24)
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), VALUES_HEAD_BYTES)
  bytes.set(examples, VALUES_HEAD_BYTES + numbers.byteLength)
  bytes.writeUInt32LE(sumOf(bytes), 28)
  return bytes
}

/** The first bytes of a file. Throws a BadFile. */
export function decodeFront(bytes: Buffer): Front {
  if (bytes.length < FRONT_BYTES) throw new BadFile(`is ${bytes.length} bytes long, expected at least ${FRONT_BYTES}`)
  if (bytes.toString('latin1', 0, 7) !== MAGIC) throw new BadFile('was not written by Hearth')
  const format = bytes.toString('latin1', 7, 8)
  if (format !== String(FORMAT)) {
    throw new BadFile(`was written by another version of Hearth: expected format ${FORMAT}, got ${format}`)
  }
  const front = {
    layoutBytes: bytes.readUInt32LE(16),
    layoutSum: bytes.readUInt32LE(20),
    valuesBytes: bytes.readUInt32LE(24),
  }
  const length = FRONT_BYTES + 2 * front.valuesBytes + front.layoutBytes
  if (length > MOST_FILE_BYTES) throw new BadFile(`is too large: expected at most ${MOST_FILE_BYTES} bytes`)
  return front
}

/** Throws a BadFile where the bytes are not what its front says. */
export function decodeLayout(bytes: Buffer, { layoutBytes, layoutSum }: Front, known: KnownLayouts): Layout {
  if (bytes.length !== layoutBytes)
    throw new BadFile(`is truncated: expected ${layoutBytes} bytes, got ${bytes.length}`)
  if (crc32(bytes) !== layoutSum) throw new BadFile('is damaged: its checksum is another one')
  try {
    const [first = '', ...lines] = bytes.toString().split('\n')
    const head = HEAD.parse(JSON.parse(first))
    const families = lines.map((line) => known.read(line))
    const series = families.reduce((sum, family) => sum + family.series.length, 0)
    return { head, families, count: head.folded === undefined ? series : 2 * series }
  } catch (error) {
    throw new BadFile(`is damaged: ${error instanceof Error ? error.message : error}`)
  }
}

/** The newest whole values of the two in these bytes, which begin behind the front. Throws a BadFile where none is. */
export function decodeValues(bytes: Buffer, { valuesBytes }: Front, count: number): Values {
  const [first, second] = [0, valuesBytes].map((at) => readValues(bytes.subarray(at, at + valuesBytes), count))
  const newest = (first?.sequence ?? -1) > (second?.sequence ?? -1) ? first : second
  if (newest === undefined) throw new BadFile('is damaged: none of its values is whole')
  return newest
}

/** Undefined where the bytes are not whole. */
function readValues(bytes: Buffer, count: number): Values | undefined {
  const numbersEnd = VALUES_HEAD_BYTES + count * 8
  if (bytes.length < numbersEnd || bytes.readUInt32LE(24) !== count) return undefined
  const end = numbersEnd + bytes.readUInt32LE(20)
  if (bytes.length < end || bytes.readUInt32LE(28) !== sumOf(bytes.subarray(0, end))) return undefined
  const numbers = new Float64Array(count)
  new Uint8Array(numbers.buffer).set(bytes.subarray(VALUES_HEAD_BYTES, numbersEnd))
  return {
    sequence: bytes.readDoubleLE(0),
    takenAtMs: bytes.readDoubleLE(8),
    hasEnded: bytes.readUInt32LE(16) === 1,
    numbers,
    exemplars: end === numbersEnd ? [] : JSON.parse(bytes.toString('utf8', numbersEnd, end)),
  }
}

/** Of all but the checksum itself. */
function sumOf(bytes: Uint8Array): number {
  return crc32(bytes.subarray(VALUES_HEAD_BYTES), crc32(bytes.subarray(0, 28)))
}

const roundUp = (bytes: number): number => Math.ceil(bytes / 8) * 8
