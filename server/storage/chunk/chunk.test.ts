import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChunkMemory } from './chunk'
import { CHUNK_CAPACITY, checkChunk, decodeChunk, encodeChunk, LONGEST_SPAN_MS, summarizeChunk } from './chunk'
import type { Columns } from './columns'
import { createColumns, HIGH, LOW, STALE_HIGH, STALE_LOW } from './columns'

const startMs = 1_760_000_000_000
const everMs = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const

function columnsOf(timestampsMs: readonly number[], values: readonly number[]): Columns {
  const columns = createColumns(timestampsMs.length)
  columns.timestampsMs.set(timestampsMs)
  columns.values.set(values)
  return columns
}

function evenly(values: readonly number[]): Columns {
  return columnsOf(
    values.map((_, i) => startMs + i * 1000),
    values,
  )
}

/** The bytes somewhere among others. */
function inMemory(bytes: Uint8Array, offset = 0): ChunkMemory {
  const all = new Uint8Array(offset + bytes.length + 5).fill(255)
  all.set(bytes, offset)
  return { bytes: all, view: new DataView(all.buffer) }
}

/** What comes out of the chunk, as bits. */
function bitsOf(columns: Columns, from: number, to: number) {
  return {
    timestampsMs: [...columns.timestampsMs.slice(from, to)],
    words: [...columns.words.slice(2 * from, 2 * to)],
  }
}

// Runs, steps, decimals, jitter and bits of any kind: what chunks are made for, and what they are not.
const aKindOfValues = (length: number): fc.Arbitrary<readonly number[]> => {
  const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: length, maxLength: length })
  const summed = (steps: readonly number[]) => {
    let sum = 0
    return steps.map((step) => (sum += step))
  }
  const odd = fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    5e-324,
    2 ** 53,
    -1e308,
  )
  const rarely = (one: fc.Arbitrary<number>) => fc.oneof({ weight: 20, arbitrary: one }, { weight: 1, arbitrary: odd })
  return fc.oneof(
    list(fc.double()),
    list(fc.constantFrom(0, 0, 0, 0, 0, 7)),
    list(fc.integer({ min: 0, max: 9 })).map(summed),
    list(rarely(fc.integer({ min: -(2 ** 53), max: 2 ** 53 }))),
    list(rarely(fc.integer({ min: -1000, max: 1000 }).map((cents) => cents / 100))),
    list(fc.double({ min: 0, max: 1, noNaN: true })).map(summed),
    list(rarely(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })))).map(summed),
    list(rarely(fc.float({ noNaN: true }))),
    list(odd),
  )
}

const someSamples = fc.integer({ min: 1, max: CHUNK_CAPACITY }).chain((length) =>
  fc.record({
    values: aKindOfValues(length),
    gapsMs: fc.oneof(
      fc.constant(Array.from({ length }, () => 1000)),
      fc.array(fc.integer({ min: 990, max: 1010 }), { minLength: length, maxLength: length }),
      fc.array(fc.integer({ min: 1, max: 30_000_000 }), { minLength: length, maxLength: length }),
    ),
    isStale: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: length, maxLength: length }),
  }),
)

describe('a chunk', () => {
  it('gives back what was put in, bit for bit, from any part of its time', () => {
    const edge = fc.integer({ min: -100, max: 150_000 })
    fc.assert(
      fc.property(someSamples, edge, edge, fc.nat(7), ({ values, gapsMs, isStale }, from, to, offset) => {
        let timestampMs = startMs
        const columns = columnsOf(
          gapsMs.map((gapMs) => (timestampMs += gapMs)),
          values,
        )
        for (const [i, die] of isStale.entries()) if (die === 0) markStale(columns, i)
        const bytes = encodeChunk(columns, values.length).slice()
        checkChunk(bytes)
        const memory = inMemory(bytes, offset)

        const read = createColumns(values.length + 5)
        const end = decodeChunk(memory, offset, ...everMs, read, 3)
        expect(bitsOf(read, 3, end)).toEqual(bitsOf(columns, 0, values.length))
        expect([...read.stale]).toEqual([0, 0, 0, ...isStale.map((die) => (die === 0 ? 1 : 0)), 0, 0])

        const part = createColumns(values.length + 5)
        const [fromMs, toMs] = [startMs + from, startMs + to]
        const partEnd = decodeChunk(memory, offset, fromMs, toMs, part, 3)
        const isInside = (ms: number) => ms >= fromMs && ms <= toMs
        const first = columns.timestampsMs.findIndex(isInside)
        const inside = columns.timestampsMs.filter(isInside).length
        expect(bitsOf(part, 3, partEnd)).toEqual(bitsOf(columns, first, first + inside))
        expect(part.stale.slice(partEnd).every((mark) => mark === 0)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('says of itself what its samples say', () => {
    fc.assert(
      fc.property(someSamples, ({ values }) => {
        const memory = inMemory(encodeChunk(evenly(values), values.length))
        expect(summarizeChunk(memory, 0)).toEqual({
          firstMs: startMs,
          lastMs: startMs + (values.length - 1) * 1000,
          sampleCount: values.length,
        })
      }),
    )
  })

  it('keeps the bits of a NaN', () => {
    const columns = evenly([1, 2, 3, 4])
    for (const [i, low] of [0, 5, 7].entries()) {
      columns.words[2 * i + LOW] = low
      columns.words[2 * i + HIGH] = 0x7ff80000
    }
    const read = createColumns(4)
    decodeChunk(inMemory(encodeChunk(columns, 4)), 0, ...everMs, read, 0)
    expect([...read.words]).toEqual([...columns.words])
    expect([...read.stale]).toEqual([0, 0, 0, 0])
  })

  it('keeps the bits of one NaN that comes again and again', () => {
    const columns = evenly([0, 0, 0])
    columns.words.fill(0x7ff80001)
    const read = createColumns(3)
    decodeChunk(inMemory(encodeChunk(columns, 3)), 0, ...everMs, read, 0)
    expect([...read.words]).toEqual([...columns.words])
  })

  it('of staleness markers only has nothing else', () => {
    const columns = evenly([0, 0, 0])
    for (const i of [0, 1, 2]) markStale(columns, i)
    const bytes = encodeChunk(columns, 3).slice()
    const read = createColumns(4)
    expect(decodeChunk(inMemory(bytes), 0, startMs + 1000, startMs + 1000, read, 1)).toBe(2)
    expect([...read.stale]).toEqual([0, 1, 0, 0])
    expect(bitsOf(read, 1, 2)).toEqual(bitsOf(columns, 1, 2))
  })

  it('may last as long as 32 bits of milliseconds', () => {
    const columns = columnsOf([startMs, startMs + 1, startMs + LONGEST_SPAN_MS], [1, 2, 3])
    const read = createColumns(3)
    decodeChunk(inMemory(encodeChunk(columns, 3)), 0, ...everMs, read, 0)
    expect([...read.timestampsMs]).toEqual([...columns.timestampsMs])
  })

  const full = (valueAt: (i: number) => number) => Array.from({ length: CHUNK_CAPACITY }, (_, i) => valueAt(i))
  it.each([
    ['that never moved', full(() => 12), 24],
    ['of one sample', [0.1], 24],
    ['whose steps are the same', full((i) => 3 * i), 32],
    ['that moved three times', full((i) => (i > 100 ? 9 : i > 50 ? 5 : i > 20 ? 1 : 0)), 37],
    ['whose steps need four bits', full((i) => 100_000 + 8 * i + ((i * 7) % 8)), 92],
    ['that was reset', full((i) => (i < 60 ? 123_456 + i : i - 60)), 40],
    ['of hundredths', full((i) => ((i * 7919) % 64) / 100), 137],
    ['of any digits', full((i) => 100 + Math.sin(i)), 792],
    ['of sums that move every fourth time', full((i) => Math.sqrt(10_000 + Math.floor(i / 4))), 242],
  ])('%s is small', (_, values, most) => {
    expect(encodeChunk(evenly(values), values.length).length).toBeLessThanOrEqual(most)
  })
})

describe('checkChunk', () => {
  const bytes = encodeChunk(columnsOf([1, 5, 6, 100], [0.5, Number.NaN, 0.7, 100]), 4).slice()
  const changed = (at: number, value: number) => bytes.map((byte, i) => (i === at ? value : byte))

  it.each([
    ['no bytes', new Uint8Array(0), '0 bytes'],
    ['too few bytes', bytes.slice(0, -1), 'that say that they are'],
    ['another format', changed(0, 0x20), 'unknown format 32'],
    ['no samples', changed(1, 0), 'one of 0 samples'],
    ['too many samples', changed(1, 121), 'one of 121 samples'],
    ['another end', changed(4, 3), 'does not end when it says'],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => checkChunk(wrong)).toThrow(message)
  })

  it('refuses or can read whatever else becomes of a chunk', () => {
    const change = fc.record({ at: fc.nat(400), to: fc.integer({ min: 0, max: 255 }) })
    fc.assert(
      fc.property(someSamples, fc.array(change, { minLength: 1, maxLength: 3 }), ({ values, gapsMs }, changes) => {
        let timestampMs = startMs
        const columns = columnsOf(
          gapsMs.map((gapMs) => (timestampMs += gapMs)),
          values,
        )
        const broken = encodeChunk(columns, values.length).slice()
        for (const { at, to } of changes) broken[at % broken.length] = to
        try {
          checkChunk(broken)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
          return
        }
        const { sampleCount, firstMs, lastMs } = summarizeChunk(inMemory(broken), 0)
        const read = createColumns(CHUNK_CAPACITY + 10)
        const end = decodeChunk(inMemory(broken), 0, ...everMs, read, 5)
        expect(end).toBe(sampleCount + 5)
        expect([read.timestampsMs[5], read.timestampsMs[end - 1]]).toEqual([firstMs, lastMs])
        expect(read.values.slice(end).every((value) => value === 0)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

function markStale({ words }: Columns, at: number): void {
  words[2 * at + LOW] = STALE_LOW
  words[2 * at + HIGH] = STALE_HIGH
}
