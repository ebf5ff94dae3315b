import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget } from './budget'
import { compareLabels } from './labels'
import { sortByLabels } from './sort-by-labels'

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '_', 'é', '\uffee', '😀'), maxLength: 3 })
const series = fc.array(fc.dictionary(text, text, { noNullPrototype: true }).map((labels) => ({ labels })))

test('is the order of compareLabels', async () => {
  await fc.assert(
    fc.asyncProperty(series, async (list) => {
      const sorted = await sortByLabels(list, new Budget({ maxSamples: 0 }))
      expect(sorted).toEqual(list.toSorted((a, b) => compareLabels(a.labels, b.labels)))
    }),
  )
})
