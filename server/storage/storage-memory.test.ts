import { describe, expect, it } from 'vitest'
import { bytesOfSeries } from '../exposition/series-bytes'
import type { Labels } from '../exposition/snapshot'
import { atOnce } from '../slices'
import { CHUNK_CAPACITY, encodeChunk } from './chunk/chunk'
import { createColumns } from './chunk/columns'
import { createStorage } from './storage'

const MINUTE_MS = 60_000
const OWN = { job: 'hearth', instance: 'here:3000' }

const own = (n: number): Labels => ({ __name__: 'a', n: `${100 + n}`, ...OWN })
const other = (n: number): Labels => ({ __name__: 'b', n: `${100 + n}`, job: 'big', instance: 'there:9000' })
const EACH_BYTES = Math.max(bytesOfSeries(own(0)), bytesOfSeries(other(0)))

/** A storage with room for so many series. */
function storageFor(places: number, retentionMs = MINUTE_MS) {
  const said: string[] = []
  const storage = createStorage({
    retentionMs,
    seriesLimit: 1000,
    limitPer: ['job', 'instance'],
    memoryLimitBytes: places * EACH_BYTES,
    first: OWN,
    log: (message) => said.push(message),
  })
  const labels = () => atOnce(storage.seriesLabels([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))
  return { storage, said, names: () => labels().map(({ __name__, n }) => `${__name__}${Number(n) - 100}`) }
}

describe('series', () => {
  it('that there is no memory for are refused, counted and told of once, and those that are known go on', () => {
    const { storage, said, names } = storageFor(10)
    const many = Array.from({ length: 15 }, (_, n) => other(n))
    for (const atMs of [1000, 2000]) {
      expect(many.filter((labels) => storage.append(labels, atMs, 1))).toHaveLength(10)
    }
    expect(names()).toEqual(many.slice(0, 10).map((_, n) => `b${n}`))
    expect(storage.status()).toMatchObject({
      seriesCount: 10,
      sampleCount: 20,
      droppedSeries: 5,
      droppedSamples: { memoryLimit: 10, seriesLimit: 0 },
    })
    expect(storage.status().seriesBytes).toBeLessThanOrEqual(storage.status().memoryLimitBytes)
    expect(said).toEqual([
      '10 series take all of SERIES_MEMORY (25KB): new ones are refused, those of other targets first.',
    ])
  })

  it('with long labels take more', () => {
    const { storage } = storageFor(10)
    const long = (n: number): Labels => ({ ...other(n), text: 'x'.repeat(400) })
    const taken = Array.from({ length: 10 }, (_, n) => storage.append(long(n), 1000, 1))
    expect(taken.filter(Boolean)).toHaveLength(3)
  })

  it('give their places back when they have aged out', () => {
    const { storage, names } = storageFor(10)
    for (let n = 0; n < 10; n++) storage.append(other(n), 1000, 1)
    expect(storage.append(other(10), 2000, 1)).toBe(false)
    for (let n = 10; n < 20; n++) expect(storage.append(other(n), 1000 + MINUTE_MS + 1, 1)).toBe(true)
    expect(names()).toEqual(Array.from({ length: 10 }, (_, n) => `b${n + 10}`))
  })

  it('of this app take the places of others, the newest of these first, until there are only its own', () => {
    const { storage, said, names } = storageFor(10)
    for (let n = 0; n < 10; n++) storage.append(other(n), 1000, 1)
    for (let n = 0; n < 3; n++) expect(storage.append(own(n), 1000, 1)).toBe(true)
    expect(names()).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'a0', 'a1', 'a2'])
    expect(storage.append(other(9), 2000, 1)).toBe(false)
    expect(storage.append(other(0), 2000, 1)).toBe(true)
    for (let n = 3; n < 12; n++) expect(storage.append(own(n), 2000, 1)).toBe(n < 10)
    expect(names()).toEqual(Array.from({ length: 10 }, (_, n) => `a${n}`))
    expect(storage.status()).toMatchObject({ seriesCount: 10, sampleCount: 10, droppedSamples: { memoryLimit: 3 } })
    expect(said).toHaveLength(1)
  })

  it('that had to go are gone from all answers, and may come again when there is room', () => {
    const { storage } = storageFor(4)
    const question = [{ name: '__name__', op: '=' as const, value: 'b' }]
    for (let n = 0; n < 4; n++) storage.append(other(n), 1000, 1)
    expect(atOnce(storage.held(question)).rows).toHaveLength(4)
    storage.append(own(0), 1000, 1)
    expect(atOnce(storage.held(question)).rows).toHaveLength(3)
    expect(storage.select(question, 0, 9000)).toHaveLength(3)
    expect(storage.append(other(3), 2000 + MINUTE_MS, 7)).toBe(true)
    expect(storage.select(question, 0, 99_000).map(({ values }) => [...values])).toEqual([[7]])
  })

  it('say how much room there is', () => {
    const { storage } = storageFor(10)
    for (let n = 0; n < 6; n++) storage.append(other(n), 1000, 1)
    const target = { job: 'big', instance: 'there:9000' }
    const freeBytes = 10 * EACH_BYTES - storage.status().seriesBytes
    expect(storage.roomFor(target)).toEqual({ heldSeries: 6, freeBytes, isFirst: false })
    expect(storage.roomFor({ ...target, instance: 'elsewhere' })).toEqual({ heldSeries: 0, freeBytes, isFirst: false })
    expect(storage.roomFor(OWN)).toEqual({ heldSeries: 0, freeBytes: 10 * EACH_BYTES, isFirst: true })
  })
})

describe('chunks', () => {
  const TICKS = 5000
  const value = (series: number, tick: number) => Math.sin(series * 1000 + tick)

  function fill() {
    const filled = storageFor(40, 3_600_000)
    for (let tick = 1; tick <= TICKS; tick++) {
      for (let n = 0; n < 5; n++) filled.storage.append(own(n), tick * 1000, value(n, tick))
    }
    return filled
  }

  it('that take too much are dropped before their time, the oldest first, and that is told once', () => {
    const { storage, said } = fill()
    const { chunkBytes, memoryLimitBytes, shortenings, sampleCount, oldestMs } = storage.status()
    expect(chunkBytes).toBeLessThanOrEqual(memoryLimitBytes)
    expect(chunkBytes).toBeGreaterThan(memoryLimitBytes / 2)
    expect(shortenings).toBeGreaterThan(1)
    expect(said).toEqual([
      expect.stringMatching(
        /^the samples of \d+m\d+s take all of SERIES_MEMORY \(102KB\): older ones are dropped before RETENTION is over\.$/,
      ),
    ])
    const all = storage.select([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    expect(all).toHaveLength(5)
    for (const [n, { timestampsMs, values }] of all.entries()) {
      expect(timestampsMs[0]).toBe(Math.ceil((oldestMs ?? 0) / 1000) * 1000)
      expect(timestampsMs).toHaveLength(TICKS + 1 - (timestampsMs[0] ?? 0) / 1000)
      expect([...values]).toEqual(Array.from(timestampsMs, (ms) => value(n, ms / 1000)))
    }
    expect(all.reduce((sum, { values }) => sum + values.length, 0)).toBeLessThanOrEqual(sampleCount)
  })

  it('were dropped, and samples of that time are too old from then on, until the clock is set back', () => {
    const { storage } = fill()
    const oldMs = (storage.status().oldestMs ?? 0) - 1
    expect(storage.append({ __name__: 'late' }, oldMs, 1)).toBe(false)
    expect(storage.status().droppedSamples.tooOld).toBe(1)
    storage.setBack(oldMs)
    expect(storage.append({ __name__: 'late' }, oldMs, 1)).toBe(true)
  })

  it('of an earlier process are adopted as far as there is room: the newest', () => {
    const { storage, said } = storageFor(40, 3_600_000)
    const columns = createColumns(CHUNK_CAPACITY)
    const chunks = Array.from({ length: 25 }, (_, chunk) => {
      for (let i = 0; i < CHUNK_CAPACITY; i++) {
        columns.timestampsMs[i] = (chunk * CHUNK_CAPACITY + i) * 1000
        columns.values[i] = value(0, chunk * CHUNK_CAPACITY + i)
      }
      return encodeChunk(columns, CHUNK_CAPACITY).slice()
    })
    for (let n = 0; n < 10; n++) storage.adopt(own(n), chunks)
    const { chunkBytes, memoryLimitBytes, seriesCount } = storage.status()
    expect(chunkBytes).toBeLessThanOrEqual(memoryLimitBytes)
    expect(seriesCount).toBe(10)
    expect(said).toHaveLength(1)
    const all = storage.select([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    for (const { timestampsMs } of all) expect(timestampsMs.at(-1)).toBe((25 * CHUNK_CAPACITY - 1) * 1000)
  })
})
