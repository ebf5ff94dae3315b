import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsKey } from './labels-key'

describe('labelsKey', () => {
  it.each([
    ['the order of the labels', { a: '1', b: '2' }, { b: '2', a: '1' }],
    ['an empty label', { a: '1', b: '' }, { a: '1' }],
  ])('does not depend on %s', (_, left, right) => {
    expect(labelsKey(left)).toBe(labelsKey(right))
  })

  it.each([
    ['a separator in a value', { a: '1,b:2', b: '3' }, { a: '1', b: '2,b:3' }],
    ['a quote in a value', { a: '1","b' }, { a: '1', b: '' }],
    ['names like those of Object.prototype', { constructor: 'x' }, {}],
    ['the name __proto__', Object.fromEntries([['__proto__', 'x']]), {}],
    ['lone surrogates', { a: '\ud800' }, { a: '\udbff' }],
  ])('keeps apart what differs by %s', (_, left, right) => {
    expect(labelsKey(left)).not.toBe(labelsKey(right))
  })

  it('is equal exactly where the labels are', () => {
    const text = fc.string({ maxLength: 2, unit: fc.constantFrom('a', '"', ',', '[', '\\') })
    const labels = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 3 })
    const meaning = (pairs: [string, string][]) => new Map(pairs.filter(([, value]) => value !== '').sort())
    fc.assert(
      fc.property(labels, labels, (left, right) => {
        const isSameKey = labelsKey(Object.fromEntries(left)) === labelsKey(Object.fromEntries(right))
        expect(isSameKey).toBe(fc.stringify([...meaning(left)]) === fc.stringify([...meaning(right)]))
      }),
      { numRuns: 2000 },
    )
  })
})
