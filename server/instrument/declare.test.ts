import type { OpenMetricsContentType } from 'prom-client'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { declareCounter, declareGauge, declareHistogram } from './declare'

const freshRegistry = () => new Registry<OpenMetricsContentType>()
const described = { name: 'orders_total', help: 'Orders.' }

test('declaring a metric twice gives the same one', () => {
  const registry = freshRegistry()
  expect(declareCounter(registry, described)).toBe(declareCounter(registry, described))
  const gauge = { name: 'carts', help: 'Carts.' }
  expect(declareGauge(registry, gauge)).toBe(declareGauge(registry, gauge))
  const histogram = { name: 'order_seconds', help: 'Time to order.', buckets: [1, 2] }
  expect(declareHistogram(registry, histogram)).toBe(declareHistogram(registry, histogram))
})

test('declaring it as another type throws and names both', () => {
  const registry = freshRegistry()
  declareCounter(registry, described)
  expect(() => declareGauge(registry, described)).toThrow(/orders_total.*Gauge/)
})
