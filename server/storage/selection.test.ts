import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atOnce } from '../slices'
import { CHUNK_CAPACITY, encodeChunk } from './chunk/chunk'
import { createColumns } from './chunk/columns'
import type { WindowEnds } from './selection'
import type { Series } from './series'
import type { Storage } from './storage'
import { createStorage } from './storage'

const all = [{ name: '__name__', op: '=~', value: '.+' } as const]
const labels = { __name__: 'a_total' }

function endsOf(storage: Storage, afterMs: number, toMs: number): WindowEnds[] {
  const { rows, windowEnds } = atOnce(storage.held(all))
  const look = windowEnds(afterMs, toMs)
  return rows.map((_, row) => {
    const ends = { isSteady: false, count: 0, firstMs: 0, first: 0, lastMs: 0, last: 0 }
    look(row, ends)
    return ends
  })
}

/** What the samples themselves say. */
function endsIn({ stale, timestampsMs, values }: Series): WindowEnds {
  const isSteady = values.every((value, i) => stale?.[i] !== 1 && value >= (values[i - 1] ?? Number.NEGATIVE_INFINITY))
  return {
    isSteady,
    count: values.length,
    firstMs: timestampsMs[0] ?? 0,
    first: values[0] ?? 0,
    lastMs: timestampsMs.at(-1) ?? 0,
    last: values.at(-1) ?? 0,
  }
}

/** What happens between two questions, in seconds and steps of the counter. */
const event = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({ kind: fc.constant('tick'), times: fc.integer({ min: 1, max: 40 }), grows: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('gap'), times: fc.integer({ min: 1, max: 700 }), grows: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset'), times: fc.constant(1), grows: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale'), times: fc.constant(1), grows: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('back'), times: fc.integer({ min: 1, max: 100 }), grows: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('late'), times: fc.integer({ min: 1, max: 20 }), grows: fc.boolean() }),
  },
)
const windows = fc.array(
  fc.record({ beginsAgo: fc.integer({ min: 1, max: 900_000 }), endsAgo: fc.constantFrom(0, 0, 1000, 300_000, -5000) }),
  { minLength: 1, maxLength: 4 },
)

describe('the ends of a window', () => {
  test('are those of the samples in it, wherever they are told at all', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), windows, (events, asked) => {
        const storage = createStorage({ retentionMs: 800_000, seriesLimit: 10 })
        let nowMs = 1_700_000_000_000
        let count = 0
        for (const { grows, kind, times } of events) {
          if (kind === 'gap') nowMs += times * 1000
          if (kind === 'late') nowMs += times
          if (kind === 'back') nowMs -= times * 1000
          if (kind === 'back') storage.setBack(nowMs)
          if (kind === 'reset') count = 0
          for (let i = 0; i < times && (kind === 'tick' || kind === 'stale'); i++) {
            nowMs += 1000
            if (grows) count += i % 3
            if (kind === 'tick') storage.append(labels, nowMs, count)
            else storage.markStale(labels, nowMs)
          }
          for (const { beginsAgo, endsAgo } of asked) {
            const [afterMs, toMs] = [nowMs - endsAgo - beginsAgo, nowMs - endsAgo]
            const [ends] = endsOf(storage, afterMs, toMs)
            const [series] = storage.select(all, afterMs + 1, toMs)
            if (!ends?.isSteady) continue
            if (ends.count === 0) expect(series).toBeUndefined()
            else expect(series && endsIn(series)).toEqual(ends)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('are told of a counter that is not reset, also at its beginning and over many chunks', () => {
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 10 })
    for (let second = 1; second <= 1000; second++) {
      storage.append(labels, second * 1000, Math.floor(second / 10))
      const [ends] = endsOf(storage, second * 1000 - 300_000, second * 1000)
      const first = Math.max(1, second - 299)
      expect(ends).toEqual({
        isSteady: true,
        count: second - first + 1,
        firstMs: first * 1000,
        first: Math.floor(first / 10),
        lastMs: second * 1000,
        last: Math.floor(second / 10),
      })
    }
  })

  test.each([
    ['a reset', (storage: Storage) => storage.append(labels, 400_000, 0)],
    ['a value that is none', (storage: Storage) => storage.append(labels, 400_000, Number.NaN)],
    ['a staleness marker', (storage: Storage) => storage.markStale(labels, 400_000)],
  ])('are not told where there is %s in between', (_, happen) => {
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 10 })
    for (let second = 1; second < 400; second++) storage.append(labels, second * 1000, second)
    happen(storage)
    for (let second = 401; second < 800; second++) storage.append(labels, second * 1000, second)
    expect(endsOf(storage, 399_000, 700_000)).toMatchObject([{ isSteady: false }])
    expect(endsOf(storage, 401_000, 700_000)).toMatchObject([{ isSteady: true, count: 299 }])
  })
})

/** A chunk of a counter that grows by 1 a second, from `fromS` on. */
function chunkFrom(fromS: number): Uint8Array {
  const columns = createColumns(CHUNK_CAPACITY)
  for (let i = 0; i < CHUNK_CAPACITY; i++) {
    columns.timestampsMs[i] = (fromS + i) * 1000
    columns.values[i] = fromS + i
  }
  return encodeChunk(columns, CHUNK_CAPACITY).slice()
}

describe('history that is adopted', () => {
  test('is no steady part of a window, since the counter may have begun anew', () => {
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 10 })
    for (let second = 1000; second < 1400; second++) storage.append(labels, second * 1000, second - 1000)
    expect(endsOf(storage, 900_000, 1_399_000)).toMatchObject([{ isSteady: true, count: 400 }])
    storage.adopt(labels, [chunkFrom(700), chunkFrom(820)])
    expect(endsOf(storage, 900_000, 1_399_000)).toMatchObject([{ isSteady: false }])
    expect(endsOf(storage, 1_000_000, 1_399_000)).toMatchObject([{ isSteady: true, count: 399 }])
    expect(atOnce(storage.held(all)).newestBetween(0, 0, 939_500)).toBe(939)
  })

  test('goes on with the process', () => {
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 10 })
    storage.adopt(labels, [chunkFrom(700), chunkFrom(820)])
    expect(atOnce(storage.held(all)).newestBetween(0, 0, 1_000_000)).toBe(939)
    for (let second = 1000; second < 1400; second++) storage.append(labels, second * 1000, second)
    expect(endsOf(storage, 800_000, 1_399_000)).toMatchObject([{ isSteady: false }])
    expect(endsOf(storage, 939_000, 1_399_000)).toMatchObject([{ isSteady: true, count: 400, first: 1000 }])
  })
})

describe('a selection', () => {
  test('is the same until a series begins or ends', () => {
    const storage = createStorage({ retentionMs: 10_000, seriesLimit: 10 })
    storage.append(labels, 1000, 1)
    const { rows } = atOnce(storage.held(all))
    storage.append(labels, 2000, 1)
    expect(atOnce(storage.held(all)).rows).toBe(rows)
    storage.append({ __name__: 'b' }, 3000, 1)
    expect(atOnce(storage.held(all)).rows).toEqual([{ __name__: 'a_total' }, { __name__: 'b' }])
    storage.append({ __name__: 'b' }, 20_000, 1)
    expect(atOnce(storage.held(all)).rows).toEqual([{ __name__: 'b' }])
  })

  test('that was found while a series began is not remembered', () => {
    const storage = createStorage({ retentionMs: 10_000, seriesLimit: 10 })
    storage.append(labels, 1000, 1)
    const finding = storage.held(all)
    for (let i = 0; i < 2; i++) finding.next()
    storage.append({ __name__: 'b' }, 2000, 1)
    expect(atOnce(finding).rows).toHaveLength(1)
    expect(atOnce(storage.held(all)).rows).toHaveLength(2)
  })

  test('knows the newest sample of each series, also after the clock was set back', () => {
    const storage = createStorage({ retentionMs: 100_000, seriesLimit: 10 })
    for (const second of [1, 2, 3]) storage.append(labels, second * 1000, second)
    const newest = (afterMs: number, toMs: number) => atOnce(storage.held(all)).newestBetween(0, afterMs, toMs)
    expect([newest(0, 3000), newest(0, 2999), newest(2999, 5000), newest(3000, 5000)]).toEqual([3, 2, 3, undefined])
    storage.setBack(2500)
    expect([newest(0, 3000), newest(2000, 5000)]).toEqual([2, undefined])
    storage.markStale(labels, 4000)
    expect([newest(0, 3999), newest(0, 4000), newest(0, 5000)]).toEqual([2, undefined, undefined])
    storage.append(labels, 4500, 7)
    const before = atOnce(storage.held(all))
    storage.append({ __name__: 'b' }, 104_501, 1)
    expect(before.newestBetween(0, 0, 200_000)).toBeUndefined()
  })
})
