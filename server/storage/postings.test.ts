import fc from 'fast-check'
import { expect, it } from 'vitest'
import { intersect, Postings, subtract, unite } from './postings'

const someIds = fc.uniqueArray(fc.nat(60)).map((ids) => Uint32Array.from(ids).sort())

it('lists are compared as sets are', () => {
  fc.assert(
    fc.property(someIds, someIds, (left, right) => {
      const inBoth = left.filter((id) => right.includes(id))
      expect(intersect(left, right)).toEqual(inBoth)
      expect(intersect(right, left)).toEqual(inBoth)
      const onlyLeft = left.filter((id) => !right.includes(id))
      expect(subtract(left, right)).toEqual(onlyLeft)
      expect(unite([onlyLeft, inBoth])).toEqual(left)
      expect(unite([left])).toEqual(left)
    }),
  )
  expect(unite([])).toEqual(Uint32Array.of())
})

it('ids are added at the end and deleted anywhere', () => {
  fc.assert(
    fc.property(someIds, someIds, fc.nat(100), (ids, deleted, more) => {
      const postings = new Postings()
      for (const id of ids) postings.add(id)
      expect(postings.ids).toEqual(ids)
      postings.delete(deleted)
      for (let i = 0; i < more; i++) postings.add(100 + i)
      const left = [...ids].filter((id) => !deleted.includes(id))
      expect([...postings.ids]).toEqual([...left, ...Array.from({ length: more }, (_, i) => 100 + i)])
      expect(postings.size).toBe(left.length + more)
    }),
  )
})
