import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HashIndex } from './hash-index'

it('finds the newest place of each hash, as a Map does', () => {
  const hash = fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 }))
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 2000 }), fc.array(hash), (added, asked) => {
      const index = new HashIndex()
      const map = new Map<number, number>()
      for (const [place, one] of added.entries()) {
        index.set(one, place)
        map.set(one, place)
      }
      for (const one of [...added, ...asked]) expect(index.find(one)).toBe(map.get(one) ?? -1)
      expect(index.hasLost).toBe(false)
    }),
  )
})

it('loses hashes that crowd one place, and says so, but never finds a wrong one', () => {
  // 0xe8b2f51 undoes the multiplication that spreads hashes, so that all of these begin at the same slot.
  const crowd = Array.from({ length: 100 }, (_, i) => Math.imul(i + 1, 0xe8b2f51))
  const index = new HashIndex()
  for (const [place, hash] of crowd.entries()) index.set(hash, place)
  expect(index.hasLost).toBe(true)
  const found = crowd.map((hash) => index.find(hash))
  expect(found.every((place, i) => place === i || place === -1)).toBe(true)
  expect(found[0]).toBe(0)
})
