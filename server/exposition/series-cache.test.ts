import { describe, expect, it } from 'vitest'
import { Series } from './series'
import { SeriesCache } from './series-cache'

const named = (raw: string) => new Series(raw, raw, {})
const find = (cache: SeriesCache, raw: string) => cache.find(`x${raw}x`, 1, raw.length + 1)

describe('SeriesCache', () => {
  it('never holds more than twice its limit of characters', () => {
    const cache = new SeriesCache(2000)
    const raws = Array.from({ length: 1000 }, (_, index) => `series_${index}`)
    for (const raw of raws) cache.keep(named(raw))
    const held = raws.filter((raw) => find(cache, raw) !== undefined)
    expect(held.join('').length).toBeLessThanOrEqual(4000)
    expect(held).toContain('series_999')
  })

  it('does not give up all others for one that is very long', () => {
    const cache = new SeriesCache(2000)
    const short = named('short')
    cache.keep(short)
    cache.keep(named('long'.repeat(10_000)))
    expect(find(cache, 'long'.repeat(10_000))).toBeUndefined()
    expect(find(cache, 'short')).toBe(short)
  })

  it('keeps what is used while other series come and go', () => {
    const cache = new SeriesCache(2000)
    const used = named('used')
    cache.keep(used)
    for (let index = 0; index < 1000; index++) {
      cache.keep(named(`series_${index}`))
      expect(find(cache, 'used')).toBe(used)
      cache.keep(used)
    }
  })
})
