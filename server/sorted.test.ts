import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from './slices'
import { sorted } from './sorted'

type One = { key: number; place: number }
const byKey = (a: One, b: One) => a.key - b.key

test('it sorts as an array does, what is equal included', () => {
  const keys = fc.array(fc.nat(50), { maxLength: 3000, size: 'max' })
  fc.assert(
    fc.property(keys, (keys) => {
      const list = keys.map((key, place) => ({ key, place }))
      expect(atOnce(sorted(list, byKey))).toEqual([...list].sort(byKey))
    }),
    { numRuns: 100 },
  )
})

test('it yields after every few hundred', () => {
  const list = Array.from({ length: 10_000 }, (_, place) => ({ key: -place, place }))
  expect([...sorted(list, byKey)].length).toBeGreaterThan(100)
})
