import { describe, expect, it } from 'vitest'
import { Series } from './series'
import { SeriesCache } from './series-cache'

const series = new Series('a', {})

describe('SeriesCache', () => {
  it('never holds more than twice its limit of characters', () => {
    const cache = new SeriesCache(100)
    const raws = Array.from({ length: 1000 }, (_, index) => `series_${index}`)
    for (const raw of raws) cache.set(raw, series)
    const held = raws.filter((raw) => cache.get(raw) !== undefined)
    expect(held.join('').length).toBeLessThanOrEqual(200)
    expect(held).toContain('series_999')
  })

  it('keeps what is used while other series come and go', () => {
    const cache = new SeriesCache(100)
    cache.set('used', series)
    for (let index = 0; index < 1000; index++) {
      cache.set(`series_${index}`, series)
      expect(cache.get('used')).toBe(series)
    }
  })
})
