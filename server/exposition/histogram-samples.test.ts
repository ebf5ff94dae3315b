// A histogram of server/instrument is read past prom-client's own code: it must say what that would.
import fc from 'fast-check'
import { Histogram } from 'prom-client'
import { expect, it } from 'vitest'
import { declareHistogram } from '../instrument/declare'
import { createRegistry } from '../instrument/registry'
import { collect } from './collect'
import type { Family } from './snapshot'

const BUCKETS = [0.005, 0.25, 1, 2.5, 10]
const labels = ['route', 'status'] as const
const named = { name: 'a_seconds', help: 'A.' }

const observation = fc.record({
  labels: fc.record({ route: fc.constantFrom('/', '/a', 'x,y'), status: fc.constantFrom('200', '') }),
  value: fc.oneof(
    fc.constantFrom(-1, 0, ...BUCKETS),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -5, max: 20 }),
  ),
  exemplar: fc.option(fc.record({ trace_id: fc.stringMatching(/^[0-9a-f]{1,8}$/) }), { nil: undefined }),
})

async function histogramOf(registry: Parameters<typeof collect>[0]): Promise<Family | undefined> {
  const { families } = await collect(registry, { withCreated: false })
  const family = families.find(({ name }) => name === named.name)
  // Both were observed at about the same time.
  for (const { exemplar } of family?.samples ?? []) if (exemplar) delete exemplar.timestampMs
  return family
}

it('has the samples that prom-client would have', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(observation), async (observations) => {
      const ours = createRegistry()
      const theirs = createRegistry()
      const declared = declareHistogram(ours, { ...named, labels, buckets: BUCKETS })
      const registers = [theirs]
      const bare = new Histogram({
        ...named,
        labelNames: [...labels] as string[],
        buckets: BUCKETS,
        enableExemplars: true,
        registers,
      })
      for (const { labels: set, value, exemplar } of observations) {
        declared.observe(set, value, exemplar)
        bare.observe({ labels: set, value, exemplarLabels: exemplar ?? {} })
      }
      expect(await histogramOf(ours)).toEqual(await histogramOf(theirs))
    }),
    { numRuns: 50 },
  )
})

it('has default labels, too, where the registry has some', async () => {
  const registry = createRegistry()
  registry.setDefaultLabels({ app: 'shop' })
  declareHistogram(registry, { ...named, labels, buckets: [1] }).observe({ route: '/', status: '200' }, 2)
  const family = await histogramOf(registry)
  expect(family?.samples.map((sample) => sample.labels.app)).toEqual(['shop', 'shop', 'shop', 'shop'])
})

it('gives the same labels objects each time', async () => {
  const registry = createRegistry()
  const histogram = declareHistogram(registry, { ...named, buckets: [1] })
  const labelsNow = async () => (await histogramOf(registry))?.samples.map((sample) => sample.labels) ?? []
  const before = await labelsNow()
  histogram.observe(2)
  for (const [place, now] of (await labelsNow()).entries()) expect(now).toBe(before[place])
})
