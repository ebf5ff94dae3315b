import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_CAPACITY, Chunk } from './chunk'

function columns(length: number) {
  return { timestampsMs: new Float64Array(length), values: new Float64Array(length), stale: new Uint8Array(length) }
}

const startMs = 1_760_000_000_000
const aSample = fc.record({
  gapMs: fc.integer({ min: 1, max: 100_000 }),
  value: fc.double(),
  isStale: fc.boolean(),
})

describe('Chunk', () => {
  it('gives back what was put in, bit for bit, from any part of its time', () => {
    const edge = fc.integer({ min: -100, max: 1_000_000 })
    fc.assert(
      fc.property(fc.array(aSample, { minLength: 1, maxLength: 20 }), edge, edge, (gaps, from, to) => {
        let timestampMs = startMs
        const samples = gaps.map(({ gapMs, value, isStale }) => {
          timestampMs += gapMs
          return { timestampMs, value, isStale }
        })
        const chunk = new Chunk(samples[0]?.timestampMs ?? startMs, CHUNK_CAPACITY)
        for (const sample of samples) {
          expect(chunk.append(sample.timestampMs, sample.value, sample.isStale)).toBe(true)
        }
        const [fromMs, toMs] = [startMs + from, startMs + to]
        const expected = samples.filter((sample) => sample.timestampMs >= fromMs && sample.timestampMs <= toMs)
        const read = columns(samples.length + 3)
        const end = chunk.read(fromMs, toMs, read, 3)
        expect([...read.timestampsMs.slice(3, end)]).toEqual(expected.map((sample) => sample.timestampMs))
        expect([...read.values.slice(3, end)]).toEqual(expected.map((sample) => sample.value))
        expect([...read.stale.slice(3, end)]).toEqual(expected.map((sample) => (sample.isStale ? 1 : 0)))
        expect([...read.stale.slice(0, 3), ...read.stale.slice(end)].every((mark) => mark === 0)).toBe(true)
        expect(chunk.lastMs).toBe(timestampMs)
        expect(chunk.sampleCount).toBe(samples.length)
      }),
    )
  })

  it('reads between two samples as exactly as at them', () => {
    const chunk = new Chunk(0, 3)
    for (const timestampMs of [0, 10, 20]) chunk.append(timestampMs, 1, false)
    const read = columns(3)
    expect(chunk.read(9.5, 10.5, read, 0)).toBe(1)
    expect(chunk.read(10.5, 19.5, read, 0)).toBe(0)
    expect(chunk.read(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, read, 0)).toBe(3)
  })

  it('refuses a sample when it is full, and stays as it was', () => {
    const chunk = new Chunk(0, 2)
    expect([1, 2, 3].map((value, i) => chunk.append(i, value, false))).toEqual([true, true, false])
    expect([chunk.sampleCount, chunk.lastMs]).toEqual([2, 1])
  })

  it('refuses a sample too far from its first one', () => {
    const chunk = new Chunk(0, 10)
    expect(chunk.append(0, 1, false)).toBe(true)
    expect(chunk.append(2 ** 32 - 1, 2, false)).toBe(true)
    expect(chunk.append(2 ** 32, 3, false)).toBe(false)
    const read = columns(2)
    chunk.read(0, 2 ** 33, read, 0)
    expect([...read.timestampsMs]).toEqual([0, 2 ** 32 - 1])
  })
})
