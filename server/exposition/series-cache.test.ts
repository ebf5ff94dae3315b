import { describe, expect, it } from 'vitest'
import { Series } from './series'
import { SeriesCache } from './series-cache'

const series = new Series('a', {})

describe('SeriesCache', () => {
  it('never holds more than twice its limit of characters', () => {
    const cache = new SeriesCache(2000)
    const raws = Array.from({ length: 1000 }, (_, index) => `series_${index}`)
    for (const raw of raws) cache.set(raw, series)
    const held = raws.filter((raw) => cache.get(raw) !== undefined)
    expect(held.join('').length).toBeLessThanOrEqual(4000)
    expect(held).toContain('series_999')
  })

  it('does not give up all others for one that is very long', () => {
    const cache = new SeriesCache(2000)
    cache.set('short', series)
    cache.set('long'.repeat(10_000), series)
    expect(cache.get('long'.repeat(10_000))).toBeUndefined()
    expect(cache.get('short')).toBe(series)
  })

  it('keeps what is used while other series come and go', () => {
    const cache = new SeriesCache(2000)
    cache.set('used', series)
    for (let index = 0; index < 1000; index++) {
      cache.set(`series_${index}`, series)
      expect(cache.get('used')).toBe(series)
    }
  })
})
