import { describe, expect, it } from 'vitest'
import { CHUNK_CAPACITY, encodeChunk } from './chunk/chunk'
import { createColumns } from './chunk/columns'
import type { Matcher } from './series'
import type { Storage } from './storage'
import { createStorage } from './storage'

const hour = { retentionMs: 3_600_000, seriesLimit: 2 }
const up = { __name__: 'up', job: 'a' }

/** Samples one second apart, from `fromS` to `toS`, both inclusive; the value is the second. */
function appendSeconds(storage: Storage, fromS: number, toS: number, labels = up): void {
  for (let second = fromS; second <= toS; second++) storage.append(labels, second * 1000, second)
}

function seconds(fromS: number, toS: number): number[] {
  return Array.from({ length: toS - fromS + 1 }, (_, i) => fromS + i)
}

function valuesOf(storage: Storage, labels = up): number[] {
  const matchers = Object.entries(labels).map(([name, value]): Matcher => ({ name, op: '=', value }))
  return [...(storage.select(matchers, 0, 1e12)[0]?.values ?? [])]
}

/** `up` from second 0 on, in chunks that are full: as many as begin before `toS`. */
function chunksTo(toS: number): Uint8Array[] {
  const columns = createColumns(CHUNK_CAPACITY)
  const starts = seconds(0, toS - 1).filter((second) => second % CHUNK_CAPACITY === 0)
  return starts.map((start) => {
    columns.values.set(seconds(start, start + CHUNK_CAPACITY - 1))
    columns.timestampsMs.set(columns.values.map((second) => second * 1000))
    return encodeChunk(columns, CHUNK_CAPACITY).slice()
  })
}

describe('adopted chunks', () => {
  it('come before what is held, and appending goes on', () => {
    const storage = createStorage(hour)
    appendSeconds(storage, 1000, 1010)
    expect(storage.adopt(up, chunksTo(240))).toBe(240)
    appendSeconds(storage, 1011, 1011)
    expect(valuesOf(storage)).toEqual([...seconds(0, 239), ...seconds(1000, 1011)])
    expect(storage.status().sampleCount).toBe(252)
  })

  it('make a series where there is none, which is appended to later', () => {
    const storage = createStorage(hour)
    expect(storage.adopt(up, chunksTo(120))).toBe(120)
    expect(storage.append(up, 119_000, 7)).toBe(false)
    appendSeconds(storage, 130, 130)
    expect(valuesOf(storage)).toEqual([...seconds(0, 119), 130])
    expect(storage.status()).toMatchObject({ oldestMs: 0, newestMs: 130_000, droppedSamples: { duplicate: 1 } })
  })

  it('are left out where they are of a time that is held already', () => {
    const storage = createStorage(hour)
    appendSeconds(storage, 200, 300)
    expect(storage.adopt(up, chunksTo(360))).toBe(200)
    expect(storage.adopt(up, chunksTo(360))).toBe(0)
    expect(valuesOf(storage)).toEqual(seconds(0, 300))
  })

  it('are left out where they are too old', () => {
    const storage = createStorage(hour)
    appendSeconds(storage, 3600 + 130, 3600 + 130)
    expect(storage.adopt(up, chunksTo(360))).toBe(240)
    expect(valuesOf(storage)).toEqual([...seconds(130, 359), 3730])
  })

  it('of a new series past the limit are refused and counted', () => {
    const storage = createStorage(hour)
    for (const job of ['x', 'y']) storage.append({ __name__: 'up', job }, 1_000_000, 1)
    expect(storage.adopt(up, chunksTo(240))).toBe(0)
    expect(storage.status()).toMatchObject({ droppedSeries: 1, droppedSamples: { seriesLimit: 240 } })
  })

  it('that are none are refused, and nothing has changed', () => {
    const storage = createStorage(hour)
    const chunks = chunksTo(240)
    expect(() => storage.adopt(up, [...chunks, Uint8Array.of(1, 2, 3)])).toThrow('expected a chunk of samples')
    expect(storage.status()).toMatchObject({ seriesCount: 0, sampleCount: 0 })
  })
})
