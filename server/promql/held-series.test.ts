import { describe, expect, it } from 'vitest'
import { createStorage } from '../storage/storage'
import { evaluateInstant } from './engine'
import type { SeriesSource } from './evaluation'
import { seriesList } from './testing/series-list'
import { storedSeries } from './testing/stored-series'

const tenMinutes = Float64Array.from({ length: 600 }, (_, i) => (i + 1) * 1000)
const counter = (name: string, route: string, valueAt: (i: number) => number) => ({
  labels: { __name__: name, route },
  timestampsMs: tenMinutes,
  values: tenMinutes.map((_, i) => valueAt(i)),
  stale: undefined,
})
const series = [
  counter('requests_total', '/', (i) => i),
  counter('requests_total', '/slow', (i) => Math.floor(i / 50)),
  counter('requests_total', '/reset', (i) => i % 170),
  counter('errors_total', '/failing', (i) => Math.floor(i / 100)),
]

/** Counts how often series were read with all of their samples. */
function watched(): { source: SeriesSource; reads: () => number } {
  const stored = storedSeries(series)
  let reads = 0
  const select: SeriesSource['select'] = (...question) => {
    reads++
    return stored.select(...question)
  }
  return { source: { ...stored, select }, reads: () => reads }
}

describe('an instant query of stored series', () => {
  it.each([
    'requests_total',
    'sum(requests_total offset 1m)',
    'rate(requests_total[5m])',
    'rate(requests_total{route!="/reset"}[3s] offset 4m)',
    'sum by (route) (increase(requests_total[1h]))',
    'sum without (route) (rate(requests_total[1m] @ 400))',
    'rate(requests_total[1s])',
    'increase(requests_total[5m] offset 10m)',
    'requests_total offset 20m',
  ])('of %s reads no series as a whole', async (expr) => {
    const { reads, source } = watched()
    for (const atMs of [300_000, 600_000, 601_000, 899_000, 900_000]) {
      const wanted = await evaluateInstant(seriesList(series), expr, atMs)
      expect([atMs, await evaluateInstant(source, expr, atMs)]).toEqual([atMs, wanted])
    }
    expect(reads()).toBe(0)
  })

  it.each(['rate({route=~"/slow|/failing"}[5m])', 'max_over_time(requests_total[5m])', 'timestamp(requests_total)'])(
    'of %s does, and is answered the same',
    async (expr) => {
      const { reads, source } = watched()
      const wanted = await evaluateInstant(seriesList(series), expr, 600_000)
      expect(await evaluateInstant(source, expr, 600_000)).toEqual(wanted)
      expect(reads()).toBe(1)
    },
  )

  it('goes on with the series that there are now', async () => {
    const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 10 })
    const source: SeriesSource = { select: storage.selectLazily, held: storage.held }
    const total = async () => evaluateInstant(source, 'sum(increase(requests_total[4s]))', 4000)
    for (const second of [1, 2, 3, 4]) storage.append({ __name__: 'requests_total', route: '/' }, second * 1000, second)
    expect(await total()).toMatchObject({ series: [{ value: 4 }] })
    for (const second of [1, 2, 3, 4])
      storage.append({ __name__: 'requests_total', route: '/b' }, second * 1000, second)
    expect(await total()).toMatchObject({ series: [{ value: 8 }] })
  })
})
