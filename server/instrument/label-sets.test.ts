import fc from 'fast-check'
import { expect, it } from 'vitest'
import { declareCounter } from './declare'
import { EXACT_KEY, LabelSets, OTHER } from './label-sets'
import { createRegistry } from './registry'

const LIMIT = 3
process.env.SERIES_LIMIT_PER_METRIC = String(LIMIT)

it('gives the same object for the same labels, in whichever order they come', () => {
  const sets = new LabelSets(['a', 'b'], 10, () => {})
  expect(sets.find({ a: '1', b: '2' })).toBe(sets.find({ b: '2', a: '1' }))
  expect(sets.find({ a: '1', b: '2' })).toEqual({ a: '1', b: '2' })
})

it('takes what is missing for empty and what is no string for its text', () => {
  const sets = new LabelSets(['a', 'b'], 10, () => {})
  expect(sets.find(JSON.parse('{"a":5}'))).toEqual({ a: '5', b: '' })
  expect(sets.find(JSON.parse('{"a":null,"b":true,"c":"unknown"}'))).toEqual({ a: '', b: 'true' })
})

it('keys differ exactly where the labels do', () => {
  const text = fc.oneof(fc.constantFrom('', ',', ':', '1:', '0:', 'a:1,b', '\0', OTHER), fc.string())
  const labels = fc.record({ a: text, b: text })
  fc.assert(
    fc.property(labels, labels, (left, right) => {
      const sets = new LabelSets(['a', 'b'], 10, () => {})
      const keyOf = (set: typeof left) => Reflect.get(sets.find(set), EXACT_KEY)
      expect(keyOf(left) === keyOf(right)).toBe(left.a === right.a && left.b === right.b)
    }),
  )
})

it('has a bounded number of label sets in a metric, loses no count, and counts what it folded', async () => {
  const observation = fc.record({ route: fc.stringMatching(/^[a-h]$/), by: fc.integer({ min: 0, max: 9 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(observation, { maxLength: 60 }), async (observations) => {
      const registry = createRegistry()
      const counter = declareCounter(registry, { name: 'hits_total', help: 'Hits.', labels: ['route'] })
      for (const { route, by } of observations) counter.inc({ route }, by)

      const samplesOf = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values ?? []
      const hits = await samplesOf('hits_total')
      const sum = hits.reduce((total, { value }) => total + value, 0)
      expect(sum).toBe(observations.reduce((total, { by }) => total + by, 0))
      const own = [...new Set(observations.map(({ route }) => route))].slice(0, LIMIT)
      const folded = observations.filter(({ route }) => !own.includes(route))
      expect(hits.map(({ labels }) => labels.route)).toEqual(folded.length > 0 ? [...own, OTHER] : own)
      expect((await samplesOf('series_dropped_total'))[0]?.value).toBe(folded.length)
    }),
  )
})
