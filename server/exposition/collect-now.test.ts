import { Counter, Histogram, Registry, Summary } from 'prom-client'
import { expect, test } from 'vitest'
import { countUpTo } from '../instrument/count-up-to'
import { declareCounter, declareGauge, declareHistogram, declareSummary } from '../instrument/declare'
import { createRegistry } from '../instrument/registry'
import { collect } from './collect'
import { collectNow } from './collect-now'

test('what can be read at once is what collect reads', async () => {
  const registry = createRegistry()
  declareCounter(registry, { name: 'hits_total', help: 'Hits.', labels: ['route'] }).inc({ route: '/' }, 3)
  declareGauge(registry, { name: 'held', help: 'Held.' }).set(4)
  declareHistogram(registry, { name: 'seconds', help: 'Seconds.', labels: ['route'], buckets: [1, 2] }).observe(
    { route: '/' },
    1.5,
    { trace_id: 'a' },
  )
  countUpTo(registry, { name: 'busy_seconds_total', help: 'Busy.' }, () => 7)
  expect(collectNow(registry, { now: () => 0 })).toEqual(await collect(registry, { now: () => 0 }))
})

test('metrics of prom-client itself too, with the labels of their registry', async () => {
  const registry = new Registry()
  registry.setDefaultLabels({ app: 'shop' })
  const registers = [registry]
  new Counter({ name: 'orders_total', help: 'Orders.', registers }).inc(2)
  new Histogram({ name: 'basket', help: 'Baskets.', buckets: [10, 100], labelNames: ['kind'], registers }).observe(
    { kind: 'full' },
    20,
  )
  const { families } = await collect(registry)
  const sorted = (labels: object) => Object.fromEntries(Object.entries(labels).sort())
  const inOrder = families.map((family) => ({
    ...family,
    samples: family.samples.map((sample) => ({ ...sample, labels: sorted(sample.labels) })),
  }))
  const now = collectNow(registry).families.map((family) => ({
    ...family,
    samples: family.samples.map((sample) => ({ ...sample, labels: sorted(sample.labels) })),
  }))
  expect(now).toEqual(inOrder)
})

test('of a summary the counts are there, and a metric that fails takes no other with it', () => {
  const registry = createRegistry()
  declareSummary(registry, { name: 'wait', help: 'Wait.', quantiles: [0.5] }).observe(3)
  declareCounter(registry, {
    name: 'broken_total',
    help: 'Broken.',
    collect() {
      throw new Error('broken')
    },
  })
  new Summary({ name: 'other', help: 'Other.', registers: [] })
  const samples = collectNow(registry).families.map(({ name, samples }) => [name, samples.map((one) => one.value)])
  expect(samples).toEqual([
    ['wait', [3, 1, expect.any(Number)]],
    ['broken_total', []],
  ])
})
