import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteReader, ByteWriter } from './byte-stream'
import { MAX_INTEGERS, packIntegers, unpackIntegers } from './packed-integers'

const writer = new ByteWriter(10_000)

function pack(integers: readonly number[]): Uint8Array {
  writer.length = 0
  packIntegers(Float64Array.from(integers), integers.length, writer)
  return writer.bytes.slice(0, writer.length)
}

const ofBits = (bits: number) => fc.integer({ min: -(2 ** bits), max: 2 ** bits })
const someIntegers = fc.tuple(fc.integer({ min: 0, max: 52 }), ofBits(51)).chain(([bits, base]) =>
  fc.array(
    fc.oneof({ weight: 15, arbitrary: ofBits(bits).map((one) => Math.trunc((base + one) / 2) + 0) }, ofBits(52)),
    {
      maxLength: MAX_INTEGERS,
      size: 'max',
    },
  ),
)

it('integers come back as they were, from where the next bytes begin', () => {
  fc.assert(
    fc.property(someIntegers, (integers) => {
      const reader = new ByteReader()
      reader.bytes = Uint8Array.from([9, ...pack(integers), 9])
      reader.at = 1
      const into = new Float64Array(MAX_INTEGERS).fill(-1)
      unpackIntegers(reader, integers.length, into)
      expect([...into.subarray(0, integers.length)]).toEqual(integers)
      expect(into.subarray(integers.length).every((one) => one === -1)).toBe(true)
      expect(reader.at).toBe(reader.bytes.length - 1)
    }),
    { numRuns: 500 },
  )
})

it('the same integers are always the same bytes', () => {
  fc.assert(
    fc.property(someIntegers, someIntegers, (integers, others) => {
      const bytes = pack(integers)
      pack(others)
      expect(pack(integers)).toEqual(bytes)
    }),
  )
})

it.each([
  ['none', [], 3],
  ['equal ones', Array(100).fill(1_000_000), 6],
  ['small ones', Array.from({ length: 96 }, (_, i) => 1000 + (i % 8)), 3 + 1 + (96 * 3) / 8],
  ['zeros and one large one', [...Array(99).fill(0), 1e12], 3 + 1 + 6],
  ['wide ones', Array.from({ length: 96 }, (_, i) => (i % 2) * (2 ** 40 - 1)), 3 + (96 * 40) / 8],
])('%s take few bytes', (_, integers, most) => {
  expect(pack(integers).length).toBeLessThanOrEqual(most)
})
