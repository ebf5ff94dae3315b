import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Registry, register } from 'prom-client'
import { expect, test, vi } from 'vitest'
import { MOST_REGISTRIES, mergeRegistry } from '../instrument/merge-registry'
import { processMetrics } from '../instrument/merged-registries'
import { counter } from '../instrument/own-metrics'
import { collect } from './collect'
import { render } from './render'

const exposition = async () => render(await collect(processMetrics()), 'prometheus')

test('the metrics of a merged registry are shown beside ours, with its default labels, also those that come later', async () => {
  counter({ name: 'ours_total', help: 'Ours.' }).inc(1)
  const theirs = new Registry()
  theirs.setDefaultLabels({ app: 'shop' })
  mergeRegistry(theirs)
  mergeRegistry(theirs)
  new Counter({ name: 'theirs_total', help: 'Theirs.', registers: [theirs] }).inc(2)
  const text = await exposition()
  expect(text).toContain('ours_total 1\n')
  expect(text).toContain('theirs_total{app="shop"} 2\n')
  expect(text.match(/^# TYPE theirs_total/gm)).toHaveLength(1)
})

/** As where the app has prom-client in its own node_modules, and we have it in what we are bundled into. */
function otherCopy(): typeof import('prom-client') {
  const require = createRequire(import.meta.url)
  for (const path of Object.keys(require.cache)) if (path.includes('/prom-client/')) delete require.cache[path]
  return require('prom-client')
}

test('the default registry is merged in one line, of our copy of prom-client and of another', async () => {
  const theirs = otherCopy()
  expect(theirs.register).not.toBe(register)
  new Counter({ name: 'shop_orders_total', help: 'Orders.' }).inc(3)
  const sizes = new theirs.Histogram({
    name: 'shop_size_bytes',
    help: 'Sizes.',
    labelNames: ['kind'],
    buckets: [1, 10],
  })
  sizes.observe({ kind: 'a' }, 5)
  new theirs.Summary({ name: 'shop_wait_seconds', help: 'Waits.', percentiles: [0.5] }).observe(2)
  for (const registry of [register, theirs.register]) mergeRegistry(registry)
  const text = await exposition()
  expect(text).toContain('shop_orders_total 3\n')
  expect(text).toContain('shop_size_bytes_bucket{kind="a",le="10.0"} 1\n')
  expect(text).toContain('shop_wait_seconds_sum 2\n')
})

test('what reading resets is left to the app: its own exposition says the same as without us', async () => {
  const theirs = new Registry()
  collectDefaultMetrics({ register: theirs, prefix: 'shop_' })
  mergeRegistry(theirs)
  await theirs.metrics()
  await setTimeout(50)
  const untilMs = performance.now() + 300
  while (performance.now() < untilMs);
  await setTimeout(50)
  const text = await exposition()
  expect(text).toContain('shop_process_cpu_seconds_total')
  expect(text).not.toContain('eventloop_lag')
  const own = await theirs.getSingleMetric('shop_nodejs_eventloop_lag_seconds')?.get()
  expect(own).toBeDefined()
  const max = await theirs.getSingleMetric('shop_nodejs_eventloop_lag_max_seconds')?.get()
  expect(max?.values[0]?.value).toBeGreaterThan(0.25)
})

test('of a name that both have, ours counts', async () => {
  counter({ name: 'both_total', help: 'Ours.' }).inc(1)
  const theirs = new Registry()
  new Counter({ name: 'both_total', help: 'Theirs.', registers: [theirs] }).inc(2)
  mergeRegistry(theirs)
  expect(await exposition()).toContain('both_total 1\n')
  expect(await exposition()).not.toContain('both_total 2\n')
})

test('a metric of theirs that throws takes no other with it', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const theirs = new Registry()
  const broken = new Counter({
    name: 'broken_total',
    help: 'Broken.',
    registers: [theirs],
    collect() {
      throw new Error('no')
    },
  })
  expect(broken).toBeDefined()
  mergeRegistry(theirs)
  expect(await exposition()).toContain('ours_total 1\n')
  expect(log).toHaveBeenCalledOnce()
})

test('what is no registry is refused, and so is one too many', () => {
  // @ts-expect-error: it is no registry
  expect(() => mergeRegistry(undefined)).toThrow('expected a Registry of prom-client to merge, got undefined')
  const mergeMany = () => {
    for (let i = 0; i <= MOST_REGISTRIES; i++) mergeRegistry(new Registry())
  }
  expect(mergeMany).toThrow(`expected at most ${MOST_REGISTRIES} registries`)
})
