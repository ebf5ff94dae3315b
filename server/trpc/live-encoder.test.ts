import { describe, expect, test } from 'vitest'
import { MemoryPool } from '../memory-pool'
import { atOnce } from '../slices'
import type { LiveResult } from './live-answer'
import { EventWriter, MAX_EVENT_BYTES, SeriesNumbers } from './live-encoder'
import type { LiveEvent } from './live-event'

const TICKS = [1000, 2000, 3000]

const labelled = (name: string) => ({ name })
const rangeOf = (...names: string[]): LiveResult => ({
  range: {
    type: 'matrix',
    series: names.map((name) => ({ labels: labelled(name), points: [[1000, 1], [3000, 3]] })), // biome-ignore format: as it reads
  },
  instant: undefined,
})
const instantOf = (...names: string[]): LiveResult => ({
  range: undefined,
  instant: { type: 'vector', series: names.map((name) => ({ labels: labelled(name), value: Number.NaN })) },
})

function write(
  numbers: SeriesNumbers,
  results: LiveResult[],
  { fromKnown = 0, isReset = false, memory = new MemoryPool(2 ** 30), timesMs = TICKS } = {},
) {
  const held = memory.open()
  const writer = new EventWriter(numbers, timesMs, { isReset, fromKnown }, held)
  for (const [query, result] of results.entries()) atOnce(writer.add(query, result))
  const { json, known } = atOnce(writer.end())
  held.end()
  return { event: JSON.parse(Buffer.concat(json).toString()) as LiveEvent, known }
}

describe('an event', () => {
  test('has the series of each query in their places, and says what has none', () => {
    const scalar: LiveResult = { range: undefined, instant: { type: 'scalar', value: -0 } }
    const { event, known } = write(new SeriesNumbers(), [rangeOf('a'), { error: 'no' }, instantOf('a', 'b'), scalar])
    expect(known).toBe(4)
    expect(event).toEqual({
      isReset: false,
      timesMs: TICKS,
      values: [
        { id: 0, points: [1, null, 3] },
        { id: 1, points: [null, null, 'NaN'] },
        { id: 2, points: [null, null, 'NaN'] },
        { id: 3, points: [null, null, '-0'] },
      ],
      named: [
        { id: 0, query: 0, labels: { name: 'a' } },
        { id: 1, query: 2, labels: { name: 'a' } },
        { id: 2, query: 2, labels: { name: 'b' } },
        { id: 3, query: 3, labels: {} },
      ],
      errors: [{ query: 1, message: 'no' }],
    })
  })

  test('has the newest value beside those of the range, also of a series that the range does not have', () => {
    const { range } = rangeOf('a') as Exclude<LiveResult, { error: string }>
    const { instant } = instantOf('a', 'b') as Exclude<LiveResult, { error: string }>
    const { event } = write(new SeriesNumbers(), [{ range, instant }], { timesMs: [...TICKS, 3500] })
    expect(event.values.map(({ points }) => points)).toEqual([
      [1, null, 3, 'NaN'],
      [null, null, null, 'NaN'],
    ])
  })

  test('names what its viewers may not know, whether it tells of it or not', () => {
    const numbers = new SeriesNumbers()
    write(numbers, [rangeOf('a', 'b')])
    const { event, known } = write(numbers, [rangeOf('b', 'c')], { fromKnown: 1 })
    expect(event.named.map(({ id, labels }) => [id, labels.name])).toEqual([[1, 'b'], [2, 'c']]) // biome-ignore format: as it reads
    expect(event.values.map(({ id }) => id)).toEqual([1, 2])
    expect(known).toBe(3)
  })

  test('is refused the query with which it would be too large, also in the events after its history', () => {
    const numbers = new SeriesNumbers()
    const large = rangeOf(...Array.from({ length: 3 }, (_, i) => `${i}${'x'.repeat(MAX_EVENT_BYTES / 2)}`))
    const { event } = write(numbers, [rangeOf('a'), large, rangeOf('b')], { isReset: true })
    const refused = {
      query: 1,
      message: 'live event would hold more than 8MB: ask for fewer series, or for fewer steps',
    }
    expect(event.errors).toEqual([refused])
    expect(event.values).toHaveLength(2)
    expect(write(numbers, [rangeOf('a'), rangeOf('c')], { fromKnown: 9 }).event.errors).toEqual([refused])
    expect(write(numbers, [rangeOf('a'), rangeOf('c')], { fromKnown: 9, isReset: true }).event.errors).toEqual([])
  })

  test('holds the memory of questions while it is made', () => {
    const memory = new MemoryPool(1000)
    const names = Array.from({ length: 100 }, (_, i) => String(i))
    const { event } = write(new SeriesNumbers(), [rangeOf('a'), rangeOf(...names)], { memory })
    expect(event.errors).toMatchObject([{ query: 1, message: expect.stringContaining('QUERY_MEMORY') }])
    expect(event.values).toHaveLength(1)
    expect(memory.heldBytes).toBe(0)
  })
})

test('series that are gone are forgotten when there are many, and their numbers are not used again', () => {
  const numbers = new SeriesNumbers()
  const names = Array.from({ length: 1_001 }, (_, i) => String(i))
  write(numbers, [rangeOf(...names)])
  expect(numbers.isFull).toBe(true)
  write(numbers, [rangeOf('7')], { timesMs: [9000] })
  numbers.forget(9000)
  expect(numbers.isFull).toBe(false)
  const { event } = write(numbers, [rangeOf('7', '8')])
  expect(event.named.map(({ id }) => id)).toEqual([7, 1001])
})
