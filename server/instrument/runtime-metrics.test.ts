import { PerformanceObserver, performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createRegistry } from './registry'
import { declareRuntimeMetrics } from './runtime-metrics'

const registry = createRegistry()
declareRuntimeMetrics(registry)

async function read(name: string) {
  return (await registry.getSingleMetric(name)?.get())?.values ?? []
}

test.each([
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'process_start_time_seconds',
  'nodejs_heap_size_used_bytes',
  'nodejs_heap_size_total_bytes',
  'nodejs_heap_space_size_total_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_array_buffer_memory_bytes',
  'nodejs_active_resources',
  'nodejs_eventloop_delay_seconds',
  'nodejs_version_info',
])('%s is there', async (name) => {
  expect(await read(name)).not.toEqual([])
})

test('only counters are called _total', async () => {
  const totals = (await registry.getMetricsAsJSON()).filter(({ name }) => name.endsWith('_total'))
  expect(totals.filter(({ type }) => String(type) !== 'counter')).toEqual([])
})

test('none of them is what is left since the last collection by whoever it was', () => {
  const names = registry.getMetricsAsArray().map(({ name }) => name)
  expect(names.filter((name) => name.includes('eventloop_lag'))).toEqual([])
})

test('memory is what Node says, and a Buffer is among the array buffers', async () => {
  const bytes = async (name: string) => (await read(name)).at(0)?.value ?? Number.NaN
  const size = 50_000_000
  const before = await bytes('nodejs_array_buffer_memory_bytes')
  const held = Buffer.alloc(size)
  const { arrayBuffers, external } = process.memoryUsage()
  expect(await bytes('nodejs_array_buffer_memory_bytes')).toBe(arrayBuffers)
  expect(arrayBuffers - before).toBeGreaterThan(size * 0.9)
  expect(external).toBeGreaterThanOrEqual(held.length)
})

test('a second call changes nothing', () => {
  const before = registry.getMetricsAsArray()
  declareRuntimeMetrics(registry)
  expect(registry.getMetricsAsArray()).toEqual(before)
})

test.each([
  ['process_cpu_user_seconds_total', () => process.cpuUsage().user],
  ['process_cpu_system_seconds_total', () => process.cpuUsage().system],
  ['process_cpu_seconds_total', () => process.cpuUsage().user + process.cpuUsage().system],
])('%s is all that the process has used since it began', async (name, micros) => {
  for (let i = 0; i < 3; i++) {
    const least = micros() / 1e6
    const value = (await read(name)).at(0)?.value
    expect(value).toBeGreaterThanOrEqual(least - 1e-9)
    expect(value).toBeLessThanOrEqual(micros() / 1e6 + 1e-9)
  }
})

test('the busy seconds of the event loop are those that Node counts', async () => {
  const busySeconds = async () => (await read('nodejs_eventloop_busy_seconds_total')).at(0)?.value ?? Number.NaN
  const start = await busySeconds()
  const untilMs = performance.now() + 50
  while (performance.now() < untilMs);
  await setTimeout(1)
  const end = await busySeconds()
  expect(end - start).toBeGreaterThanOrEqual(0.049)
  expect(end).toBeCloseTo(performance.eventLoopUtilization().active / 1000, 1)
})

test('every garbage collection is observed, in series that began at 0', async () => {
  const samples = async (suffix: string) =>
    (await read('nodejs_gc_duration_seconds')).filter((sample) =>
      String((sample as { metricName?: string }).metricName).endsWith(suffix),
    )
  const count = async () => (await samples('_count')).reduce((sum, { value }) => sum + value, 0)
  expect((await samples('_count')).map(({ labels }) => labels.kind)).toEqual([
    'major',
    'minor',
    'incremental',
    'weakcb',
  ])

  let collections = 0
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length
  })
  const before = await count()
  observer.observe({ entryTypes: ['gc'] })
  for (let i = 0; i < 200; i++) Array.from({ length: 50_000 }, (_, j) => ({ j }))
  await setTimeout(50)
  observer.disconnect()
  expect(collections).toBeGreaterThan(5)
  // Others may have happened just before and just after.
  expect((await count()) - before).toBeGreaterThanOrEqual(collections)
})
