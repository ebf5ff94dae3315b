import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_CAPACITY, decodeChunk, encodeChunk } from '../chunk/chunk'
import { createColumns } from '../chunk/columns'
import { JoinedChunks } from './joined-chunks'
import type { Run } from './run'
import { RunWriter, readRuns } from './run'

type Sample = { ms: number; value: number }

/** Of these samples, in the order of time. A marker is a sample whose value is undefined. */
function chunkOf(samples: readonly Sample[]): Uint8Array {
  const columns = createColumns(samples.length)
  for (const [i, { ms, value }] of samples.entries()) {
    columns.timestampsMs[i] = ms
    columns.values[i] = value
  }
  return encodeChunk(columns, samples.length).slice()
}

function told(chunks: readonly Uint8Array[]): string[] {
  return chunks.flatMap((bytes) => {
    const columns = createColumns(CHUNK_CAPACITY)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const count = decodeChunk({ bytes, view }, 0, 0, Number.MAX_SAFE_INTEGER, columns, 0)
    return Array.from({ length: count }, (_, i) => {
      const value = Object.is(columns.values[i], -0) ? '-0' : columns.values[i]
      return `${columns.timestampsMs[i]}=${columns.stale[i] ? 'stale' : value}`
    })
  })
}

const samplesAt = (...times: number[]): Sample[] => times.map((ms) => ({ ms, value: ms / 10 }))
const spanOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('JoinedChunks', () => {
  it.each([
    ['nothing', [], []],
    ['one chunk, which ends', [{ times: [1, 2] }], ['1=0.1', '2=0.2', '12=stale']],
    [
      'what comes twice, once',
      [{ times: [1, 2, 3] }, { times: [2, 3, 4] }],
      ['1=0.1', '2=0.2', '3=0.3', '4=0.4', '14=stale'],
    ],
    [
      'what is older than what came before, not at all',
      [{ times: [5] }, { times: [1, 5, 6] }],
      ['5=0.5', '6=0.6', '16=stale'],
    ],
    [
      'an end where another process begins',
      [{ times: [1] }, { times: [50, 51], isFirst: true }],
      ['1=0.1', '11=stale', '50=5', '51=5.1', '61=stale'],
    ],
    [
      'an end between two samples, however near they are',
      [{ times: [1] }, { times: [3], isFirst: true }],
      ['1=0.1', '2=stale', '3=0.3', '13=stale'],
    ],
    [
      'no end where there is no time for one',
      [{ times: [1] }, { times: [2], isFirst: true }],
      ['1=0.1', '2=0.2', '12=stale'],
    ],
    [
      'no end of what the other process has as well',
      [{ times: [1, 2] }, { times: [1, 2, 3], isFirst: true }],
      ['1=0.1', '2=0.2', '3=0.3', '13=stale'],
    ],
    ['nothing from this process on', [{ times: [1, 99, 100, 101] }], ['1=0.1', '99=9.9']],
    ['an end before this process', [{ times: [95] }], ['95=9.5', '99=stale']],
  ])('gives %s', (_, pieces: { times: number[]; isFirst?: boolean }[], expected) => {
    const joined = new JoinedChunks({ beforeMs: 100, endsAfterMs: 10 })
    for (const { times, isFirst = false } of pieces) joined.add(chunkOf(samplesAt(...times)), isFirst)
    expect(told(joined.finish())).toEqual(expected)
  })

  it('ends a series once, however often it is loaded', () => {
    let chunks = [chunkOf(samplesAt(...spanOf(1, 100)))]
    for (let load = 0; load < 3; load++) {
      const joined = new JoinedChunks({ beforeMs: 1000, endsAfterMs: 10 })
      for (const chunk of chunks) joined.add(chunk, false)
      chunks = joined.finish()
      expect(told(chunks).slice(-2)).toEqual(['100=10', '110=stale'])
    }
    const joined = new JoinedChunks({ beforeMs: 1000, endsAfterMs: 10 })
    for (const chunk of chunks) joined.add(chunk, false)
    joined.add(chunkOf(samplesAt(200)), true)
    expect(told(joined.finish()).slice(-4)).toEqual(['100=10', '110=stale', '200=20', '210=stale'])
  })

  it('counts what it left out', () => {
    const joined = new JoinedChunks({ beforeMs: 100, endsAfterMs: 10 })
    joined.add(chunkOf(samplesAt(99, 100)), false)
    joined.add(chunkOf(samplesAt(101)), false)
    expect(joined.tooNew).toBe(2)
  })

  it('keeps large chunks as they are, and makes large ones of small ones', () => {
    const joined = new JoinedChunks({ beforeMs: 10_000, endsAfterMs: 10 })
    const large = chunkOf(samplesAt(...spanOf(1, 100)))
    joined.add(large, false)
    for (let ms = 101; ms < 200; ms += 5) joined.add(chunkOf(samplesAt(...spanOf(ms, ms + 4))), false)
    const chunks = joined.finish()
    expect(chunks[0]).toBe(large)
    expect(chunks).toHaveLength(2)
  })

  it('gives every value back bit for bit, through runs, however the samples were cut', () => {
    const aSample = fc.record({ gapMs: fc.integer({ min: 1, max: 5000 }), value: fc.double(), cut: fc.boolean() })
    fc.assert(
      fc.property(fc.array(aSample, { minLength: 1, maxLength: 200, size: 'max' }), (steps) => {
        let ms = 0
        const samples: Sample[] = []
        const pieces: Sample[][] = [[]]
        for (const { gapMs, value, cut } of steps) {
          ms += gapMs
          samples.push({ ms, value })
          if (cut || pieces.at(-1)?.length === CHUNK_CAPACITY) pieces.push([])
          pieces.at(-1)?.push({ ms, value })
        }
        const writer = new RunWriter()
        for (const [i, piece] of pieces.entries()) {
          if (piece.length === 0) continue
          const labels = i % 3 === 0 ? { __name__: `ä${i}` } : undefined
          writer.write({ seriesId: i * 1_000_003, labels, isFirst: false, chunk: chunkOf(piece) })
        }
        const joined = new JoinedChunks({ beforeMs: ms + 1, endsAfterMs: 10 })
        for (const { chunk } of readRuns(writer.written().slice())) if (chunk !== undefined) joined.add(chunk, false)
        const expected = samples.map(({ ms, value }) => `${ms}=${Object.is(value, -0) ? '-0' : value}`)
        expect(told(joined.finish())).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})

describe('runs', () => {
  it('come back as they were written', () => {
    const chunk = chunkOf(samplesAt(1, 2, 3))
    const runs: Run[] = [
      { seriesId: 0, labels: { __name__: 'a', l: '"\n' }, isFirst: true, chunk },
      { seriesId: 2 ** 40, labels: undefined, isFirst: false, chunk },
      { seriesId: 7, labels: { __name__: 'b'.repeat(100_000) }, isFirst: false, chunk: undefined },
    ]
    const writer = new RunWriter()
    for (const run of runs) writer.write(run)
    expect([...readRuns(writer.written())]).toEqual(runs)
  })
})
