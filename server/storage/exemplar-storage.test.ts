import { describe, expect, it } from 'vitest'
import { atOnce } from '../slices'
import { createExemplarStorage } from './exemplar-storage'

const series = (le: string) => ({ __name__: 'latency_seconds_bucket', le })
const exemplar = (trace_id: string, value: number, timestampMs?: number) => ({
  labels: { trace_id },
  value,
  timestampMs,
})
const everything = [[{ name: '__name__', op: '=~', value: '.+' }]] as const

/** `le trace time`, for all that a storage has. */
const lines = (storage: ReturnType<typeof createExemplarStorage>) =>
  atOnce(storage.select(everything, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).flatMap(
    ({ labels, exemplars }) => exemplars.map((e) => `${labels.le} ${e.labels.trace_id} ${e.timestampMs}`),
  )

describe('createExemplarStorage', () => {
  it('gives what has no time of its own the time of its scrape, and takes it once', () => {
    const storage = createExemplarStorage(10)
    expect(storage.append(series('1'), exemplar('a', 0.5), 1000)).toBe(true)
    expect(storage.append(series('1'), exemplar('a', 0.5), 2000)).toBe(false)
    expect(storage.append(series('1'), exemplar('a', 0.6), 3000)).toBe(true)
    expect(lines(storage)).toEqual(['1 a 1000', '1 a 3000'])
  })

  it('refuses what is older than the newest of its series, and labels longer than OpenMetrics allows', () => {
    const storage = createExemplarStorage(10)
    expect(storage.append(series('1'), exemplar('a', 1, 2000), 9000)).toBe(true)
    expect(storage.append(series('1'), exemplar('b', 1, 1999), 9000)).toBe(false)
    expect(storage.append(series('2'), exemplar('b', 1, 1999), 9000)).toBe(true)
    expect(storage.append(series('1'), exemplar('x'.repeat(120), 1, 3000), 9000)).toBe(true)
    expect(storage.append(series('1'), exemplar('x'.repeat(121), 1, 4000), 9000)).toBe(false)
  })

  it('drops the oldest of all when it is full, and forgets a series with its last one', () => {
    const storage = createExemplarStorage(2)
    storage.append(series('1'), exemplar('a', 1, 1000), 0)
    storage.append(series('2'), exemplar('b', 1, 1001), 0)
    storage.append(series('2'), exemplar('c', 1, 1002), 0)
    expect(lines(storage)).toEqual(['2 b 1001', '2 c 1002'])
    expect(storage.append(series('1'), exemplar('a', 1, 1000), 0)).toBe(true)
    expect(lines(storage)).toEqual(['2 c 1002', '1 a 1000'])
  })

  it('goes back in time with the clock', () => {
    const storage = createExemplarStorage(2)
    for (const ms of [1000, 2000, 3000]) storage.append(series('1'), exemplar(`${ms}`, 1, ms), 0)
    storage.setBack(2500)
    expect(lines(storage)).toEqual(['1 2000 2000'])
    expect(storage.append(series('1'), exemplar('again', 1, 2600), 0)).toBe(true)
    expect(storage.append(series('2'), exemplar('full', 1, 2600), 0)).toBe(true)
    expect(lines(storage)).toEqual(['1 again 2600', '2 full 2600'])
  })

  it('selects by any of several selectors and by time, both ends included', () => {
    const storage = createExemplarStorage(10)
    for (const [i, le] of ['1', '2', '3'].entries()) storage.append(series(le), exemplar(le, 1, 1000 * (i + 1)), 0)
    const by = (value: string) => [{ name: 'le', op: '=', value }] as const
    const found = atOnce(storage.select([by('1'), by('2'), by('2')], 2000, 3000))
    expect(found.map(({ labels }) => labels.le)).toEqual(['2'])
    expect(atOnce(storage.select([], 0, 9000))).toEqual([])
  })
})
