import { createRequire } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import { declareCounter, declareGauge, declareHistogram, declareSummary } from './declare'
import type { OurRegistry } from './registry'
import { createRegistry } from './registry'

const orders = { name: 'orders_total', help: 'Orders.' }

/** The samples of one metric, as `name{labels} value`. */
async function samplesOf(registry: OurRegistry, name: string): Promise<string[]> {
  const values = (await registry.getSingleMetric(name)?.get())?.values ?? []
  return values.map((sample) => {
    const text = Object.entries(sample.labels).map(([label, value]) => `${label}=${value}`)
    return `${'metricName' in sample ? (sample.metricName ?? name) : name}{${text.join(',')}} ${sample.value}`
  })
}

/** As a bundler makes it: the same classes once more. */
function anotherPromClient(): object {
  const require = createRequire(import.meta.url)
  for (const path of Object.keys(require.cache)) if (path.includes('/prom-client/')) delete require.cache[path]
  return require('prom-client')
}

describe('a declaration', () => {
  it('made twice is the same metric', () => {
    const registry = createRegistry()
    expect(declareCounter(registry, orders)).toBe(declareCounter(registry, { ...orders }))
  })

  it('in another copy of this module, with a prom-client of its own, counts in the same place', async () => {
    const registry = createRegistry()
    const byCountry = { ...orders, labels: ['country'] as const }
    declareCounter(registry, byCountry).inc({ country: 'fr' })
    vi.resetModules()
    vi.doMock('prom-client', anotherPromClient)
    const copy = await import('./declare')
    copy.declareCounter(registry, byCountry).inc({ country: 'fr' })
    copy.declareGauge(registry, { name: 'waiting', help: 'Waiting.', labels: ['queue'] }).set({ queue: 'a' }, 3)
    vi.doUnmock('prom-client')
    expect(await samplesOf(registry, 'orders_total')).toEqual(['orders_total{country=fr} 2'])
    expect(await samplesOf(registry, 'waiting')).toEqual(['waiting{queue=a} 3'])
    expect(await samplesOf(registry, 'series_dropped_total')).toEqual([
      'series_dropped_total{metric=orders_total} 0',
      'series_dropped_total{metric=waiting} 0',
    ])
  })

  it('under a name that is taken throws, and names both', () => {
    const registry = createRegistry()
    declareCounter(registry, orders)
    expect(() => declareCounter(registry, { ...orders, labels: ['currency'] })).toThrow(
      /orders_total.*declared already/,
    )
    expect(() => declareGauge(registry, orders)).toThrow(/orders_total.*"counter".*"gauge"/)
  })

  it('that changed replaces the old one in development, where hot reload brings it', async () => {
    vi.stubEnv('NODE_ENV', 'development')
    const registry = createRegistry()
    declareCounter(registry, orders).inc(5)
    declareCounter(registry, { ...orders, labels: ['currency'] }).inc({ currency: 'EUR' }, 2)
    expect(await samplesOf(registry, 'orders_total')).toEqual(['orders_total{currency=EUR} 2'])
  })

  it.each([
    ['a name with a dash', { ...orders, name: 'orders-total' }, 'expected a name of letters'],
    ['a counter without _total', { ...orders, name: 'orders' }, 'ends in _total'],
    ['no help', { ...orders, help: ' ' }, 'expected a help text'],
    ['a label with a dot', { ...orders, labels: ['a.b'] }, 'expected label names of letters'],
    ['a label of Prometheus’s own', { ...orders, labels: ['__name__'] }, 'do not start with __'],
    ['a label twice', { ...orders, labels: ['a', 'a'] }, 'different label names'],
  ])('with %s throws', (_, definition, message) => {
    expect(() => declareCounter(createRegistry(), definition)).toThrow(message)
  })

  it.each([[[]], [[2, 1]], [[1, 1]], [[1, Number.POSITIVE_INFINITY]], [[Number.NaN, 1]]])(
    'of buckets %j throws',
    (buckets) => {
      const declaring = () => declareHistogram(createRegistry(), { name: 'a_seconds', help: 'A.', buckets })
      expect(declaring).toThrow('expected finite, ascending buckets')
    },
  )

  it('may not use le in a histogram, quantile in a summary, or a quantile of 2', () => {
    const registry = createRegistry()
    const named = { name: 'a_seconds', help: 'A.' }
    expect(() => declareHistogram(registry, { ...named, labels: ['le'], buckets: [1] })).toThrow('expected no label le')
    expect(() => declareSummary(registry, { ...named, labels: ['quantile'], quantiles: [] })).toThrow(
      'no label quantile',
    )
    expect(() => declareSummary(registry, { ...named, quantiles: [2] })).toThrow('quantiles from 0 to 1')
  })
})

describe('a gauge without labels', () => {
  it('is one series, 0 at first and then what was set, added and taken away', async () => {
    const registry = createRegistry()
    const carts = declareGauge(registry, { name: 'carts', help: 'Open carts.' })
    expect(await samplesOf(registry, 'carts')).toEqual(['carts{} 0'])
    carts.set(7)
    carts.inc()
    carts.dec(3)
    expect(await samplesOf(registry, 'carts')).toEqual(['carts{} 5'])
  })
})

describe('a metric', () => {
  it('begins at 0 for the label sets that are known', async () => {
    const registry = createRegistry()
    const startAt0 = [{ currency: 'EUR' }, { currency: 'USD' }]
    declareCounter(registry, { ...orders, labels: ['currency'], startAt0 })
    const zeros = ['orders_total{currency=EUR} 0', 'orders_total{currency=USD} 0']
    expect(await samplesOf(registry, 'orders_total')).toEqual(zeros)
  })

  it('counts, rises and falls, and observes', async () => {
    const registry = createRegistry()
    const counter = declareCounter(registry, orders)
    counter.inc()
    counter.inc(2)
    const gauge = declareGauge(registry, { name: 'carts', help: 'Carts.', labels: ['shop'] })
    gauge.set({ shop: 'a' }, 5)
    gauge.inc({ shop: 'a' })
    gauge.dec({ shop: 'a' }, 3)
    const histogram = declareHistogram(registry, { name: 'a_seconds', help: 'A.', buckets: [1, 2] })
    histogram.observe(1.5)
    const summary = declareSummary(registry, { name: 'b_seconds', help: 'B.', quantiles: [0.5] })
    summary.observe(3)
    expect(await samplesOf(registry, 'orders_total')).toEqual(['orders_total{} 3'])
    expect(await samplesOf(registry, 'carts')).toEqual(['carts{shop=a} 3'])
    expect(await samplesOf(registry, 'a_seconds')).toContain('a_seconds_bucket{le=2} 1')
    expect(await samplesOf(registry, 'b_seconds')).toContain('b_seconds_sum{} 3')
  })

  it('never throws at what it is given, and says so once', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const registry = createRegistry()
    const counter = declareCounter(registry, { ...orders, name: 'guarded_total', labels: ['currency'] })
    for (const by of [-1, Number.NaN, Number.POSITIVE_INFINITY]) counter.inc({ currency: 'EUR' }, by)
    counter.inc({ currency: 'EUR' }, 1)
    expect(await samplesOf(registry, 'guarded_total')).toEqual(['guarded_total{currency=EUR} 1'])
    expect(log).toHaveBeenCalledOnce()
  })

  it('tells label sets apart that prom-client would run together', async () => {
    const registry = createRegistry()
    const counter = declareCounter(registry, { ...orders, labels: ['a', 'b'] })
    counter.inc({ a: '1,b:2', b: '3' })
    counter.inc({ a: '1', b: '2,b:3' })
    expect(await samplesOf(registry, 'orders_total')).toEqual([
      'orders_total{a=1,b:2,b=3} 1',
      'orders_total{a=1,b=2,b:3} 1',
    ])
  })
})
