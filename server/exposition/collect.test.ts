import type { OpenMetricsContentType } from 'prom-client'
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { declareCounter, declareGauge, declareHistogram, declareSummary } from '../instrument/declare'
import { createRegistry } from '../instrument/registry'
import type { CollectOptions } from './collect'
import { collect } from './collect'
import { OPENMETRICS_CONTENT_TYPE } from './format'
import { parseExposition } from './parse'
import { render } from './render'
import type { Sample } from './snapshot'

const at = (): number => 1_700_000_000_000
const setUp = (): Registry[] => [new Registry()]

afterEach(() => vi.restoreAllMocks())

describe('collect', () => {
  it('says when the values were taken, and what each metric is', async () => {
    const registers = setUp()
    new Counter({ name: 'orders_total', help: 'Orders', registers }).inc(3)
    new Gauge({ name: 'queue_length', help: 'Waiting', labelNames: ['queue'], registers }).set({ queue: 'mail' }, -2)
    expect(await collectFrom(registers)).toEqual({
      takenAtMs: 1_700_000_000_000,
      families: [
        {
          name: 'orders_total',
          type: 'counter',
          help: 'Orders',
          unit: '',
          samples: [{ name: 'orders_total', labels: {}, value: 3 }],
        },
        {
          name: 'queue_length',
          type: 'gauge',
          help: 'Waiting',
          unit: '',
          samples: [{ name: 'queue_length', labels: { queue: 'mail' }, value: -2 }],
        },
      ],
    })
  })

  it('spells a histogram out in buckets with canonical bounds, sum and count', async () => {
    const registers = setUp()
    const histogram = new Histogram({ name: 'h', help: 'h', labelNames: ['a'], buckets: [0.005, 1], registers })
    histogram.observe({ a: 'x' }, 0.5)
    const { families } = await collectFrom(registers)
    expect(Object.keys(families[0]?.samples[0]?.labels ?? {})).toEqual(['a', 'le'])
    expect(families[0]?.samples).toEqual([
      { name: 'h_bucket', labels: { a: 'x', le: '0.005' }, value: 0 },
      { name: 'h_bucket', labels: { a: 'x', le: '1.0' }, value: 1 },
      { name: 'h_bucket', labels: { a: 'x', le: '+Inf' }, value: 1 },
      { name: 'h_sum', labels: { a: 'x' }, value: 0.5 },
      { name: 'h_count', labels: { a: 'x' }, value: 1 },
    ])
  })

  it('spells a summary out in quantiles, sum and count', async () => {
    const registers = setUp()
    new Summary({ name: 's', help: 's', percentiles: [0.5, 1], registers }).observe(4)
    expect((await collectFrom(registers)).families[0]?.samples).toEqual([
      { name: 's', labels: { quantile: '0.5' }, value: 4 },
      { name: 's', labels: { quantile: '1.0' }, value: 4 },
      { name: 's_sum', labels: {}, value: 4 },
      { name: 's_count', labels: {}, value: 1 },
    ])
  })

  it('keeps exemplars, in milliseconds', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_520_879_607_789)
    const registry = new Registry<OpenMetricsContentType>()
    registry.setContentType(OPENMETRICS_CONTENT_TYPE)
    const counter = new Counter({
      name: 'c_total',
      help: 'c',
      enableExemplars: true,
      registers: [registry],
    })
    counter.inc({ value: 2, exemplarLabels: { trace_id: 'abc', attempt: 3 } })
    const [family] = (await collect(registry)).families
    expect(family?.samples[0]?.exemplar).toEqual({
      labels: { trace_id: 'abc', attempt: '3' },
      value: 2,
      timestampMs: 1_520_879_607_789,
    })
  })

  it('leaves the copy alone when the metric moves on', async () => {
    const registers = setUp()
    const counter = new Counter({ name: 'c_total', help: 'c', labelNames: ['a'], registers })
    const labels = { a: 'before' }
    counter.inc(labels)
    const before = await collectFrom(registers)
    counter.inc(labels)
    labels.a = 'after'
    expect(before.families[0]?.samples).toEqual([{ name: 'c_total', labels: { a: 'before' }, value: 1 }])
  })

  it('gives a series the same labels object each time, as long as it has the same labels', async () => {
    const registers = setUp()
    const gauge = new Gauge({ name: 'g', help: 'g', labelNames: ['a'], registers })
    const histogram = new Histogram({ name: 'h', help: 'h', labelNames: ['a'], buckets: [1], registers })
    const changed: Record<string, string> = { a: 'old' }
    gauge.set({ a: 'x' }, 1)
    gauge.set(changed, 1)
    histogram.observe({ a: 'x' }, 1)
    const labelsNow = async () => (await collectFrom(registers)).families.flatMap((f) => f.samples.map((s) => s.labels))
    const before = await labelsNow()
    changed.a = 'new'
    const after = await labelsNow()
    expect(after).toEqual([{ a: 'x' }, { a: 'new' }, ...before.slice(2)])
    for (const index of [0, 2, 3, 4, 5]) expect(after[index]).toBe(before[index])
    gauge.remove('x')
    expect((await labelsNow())[0]).toEqual({ a: 'new' })
  })

  it('writes numbers in labels as text, and leaves out a label without a value', async () => {
    const registers = setUp()
    const gauge = new Gauge({ name: 'g', help: 'g', labelNames: ['code', 'ratio', 'none'], registers })
    gauge.set({ code: 200, ratio: Number.POSITIVE_INFINITY, none: undefined }, 1)
    expect((await collectFrom(registers)).families[0]?.samples[0]?.labels).toEqual({ code: '200', ratio: '+Inf' })
  })

  it('adds the default labels of the registry, below those of the metric', async () => {
    const registers = setUp()
    registers[0]?.setDefaultLabels({ app: 'shop', a: 'default' })
    new Counter({ name: 'c_total', help: 'c', labelNames: ['a'], registers }).inc({ a: 'own' })
    new Histogram({ name: 'h', help: 'h', labelNames: ['a'], buckets: [1], registers }).observe({ a: 'own' }, 1)
    const { families } = await collectFrom(registers)
    expect(families[0]?.samples[0]?.labels).toEqual({ a: 'own', app: 'shop' })
    expect(families[1]?.samples[0]?.labels).toEqual({ a: 'own', app: 'shop', le: '1.0' })
    expect(families[1]?.samples[2]?.labels).toEqual({ a: 'own', app: 'shop' })
  })

  it('collects the others when the callback of one metric throws or rejects, and says so', async () => {
    const registers = setUp()
    const thrown = new Error('thrown')
    const rejected = new Error('rejected')
    const throwing = (): void => {
      throw thrown
    }
    new Gauge({ name: 'throwing', help: 'throws', registers, collect: throwing })
    new Gauge({ name: 'rejecting', help: 'rejects', registers, collect: () => Promise.reject(rejected) })
    new Gauge({ name: 'healthy', help: 'works', registers }).set(1)
    const reportBroken = vi.fn()
    const { families } = await collectFrom(registers, reportBroken)
    expect(families.map(({ name, samples }) => [name, samples.length])).toEqual([
      ['throwing', 0],
      ['rejecting', 0],
      ['healthy', 1],
    ])
    expect(reportBroken.mock.calls).toEqual([
      ['throwing', thrown],
      ['rejecting', rejected],
    ])
  })

  it('logs a broken metric once, not at each collection', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const registers = setUp()
    const broken = (): void => {
      throw new Error('no')
    }
    new Gauge({ name: 'logged_once', help: 'throws', registers, collect: broken })
    await collectFrom(registers)
    await collectFrom(registers)
    expect(log).toHaveBeenCalledTimes(1)
    expect(log.mock.calls[0]?.[0]).toContain('logged_once')
  })

  it('runs each callback exactly once: asking twice would disturb metrics that reset when read', async () => {
    const registers = setUp()
    const callback = vi.fn()
    const broken = (): void => {
      throw new Error('no')
    }
    new Gauge({ name: 'counted', help: 'counts', registers, collect: callback })
    new Gauge({ name: 'broken_too', help: 'throws', registers, collect: broken })
    await collectFrom(registers, () => undefined)
    expect(callback).toHaveBeenCalledTimes(1)
  })

  it('runs all callbacks side by side', async () => {
    const registers = setUp()
    let meet = () => {}
    const met = new Promise<void>((resolve) => {
      meet = resolve
    })
    new Gauge({ name: 'waits', help: 'waits for the other', registers, collect: () => met })
    new Gauge({ name: 'comes', help: 'comes', registers, collect: () => meet() })
    expect((await collectFrom(registers)).families).toHaveLength(2)
  })

  it('runs them before anything is read: one may bring another metric up to date', async () => {
    const registers = setUp()
    const first = new Gauge({ name: 'first', help: 'first', registers })
    new Gauge({ name: 'second', help: 'second', registers, collect: () => first.set(7) })
    expect((await collectFrom(registers)).families[0]?.samples).toEqual([{ name: 'first', labels: {}, value: 7 }])
  })

  it('asks what is no metric of prom-client by its `get` alone, once', async () => {
    const registry = new Registry()
    const get = vi.fn(async () => ({
      name: 'odd',
      help: 'odd',
      type: 'gauge',
      values: [{ labels: { a: 'b' }, value: 3 }],
    }))
    const odd = { name: 'odd', help: 'odd', type: 'gauge', get, collect: vi.fn() }
    Reflect.apply(registry.registerMetric, registry, [odd])
    expect((await collect(registry)).families[0]?.samples).toEqual([{ name: 'odd', labels: { a: 'b' }, value: 3 }])
    expect(get).toHaveBeenCalledOnce()
    expect(odd.collect).not.toHaveBeenCalled()
  })

  it('lets a summary forget what is too old', async () => {
    vi.useFakeTimers()
    const registers = setUp()
    const summary = new Summary({
      name: 's',
      help: 's',
      labelNames: ['a'],
      maxAgeSeconds: 60,
      ageBuckets: 5,
      pruneAgedBuckets: true,
      percentiles: [],
      registers,
    })
    summary.observe({ a: 'x' }, 1)
    expect((await collectFrom(registers)).families[0]?.samples).toHaveLength(2)
    vi.advanceTimersByTime(200_000)
    expect((await collectFrom(registers)).families[0]?.samples).toEqual([])
    vi.useRealTimers()
    expect(Reflect.get(summary, 'hashMap')).toEqual({})
  })
})

describe('a large registry', () => {
  const LABEL_SETS = 8000

  /** More than a hundred thousand lines, and one metric after them. */
  function largeRegistry() {
    const registry = new Registry()
    const registers = [registry]
    const latency = new Histogram({ name: 'latency_seconds', help: 'l', labelNames: ['n'], registers })
    for (let n = 0; n < LABEL_SETS; n++) latency.observe({ n }, 0.3)
    const last = new Counter({ name: 'last_total', help: 'last', registers })
    return { registry, latency, last }
  }

  /** Does `work` whenever other things have their turn, until it is ended. */
  function meanwhile(work: () => void) {
    let isOver = false
    const turn = () => {
      work()
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    return () => {
      isOver = true
    }
  }

  it('is read in slices, between which other things have their turn', async () => {
    const { registry } = largeRegistry()
    const turn = vi.fn()
    const end = meanwhile(turn)
    const { families } = await collect(registry)
    end()
    expect(turn.mock.calls.length).toBeGreaterThan(1)
    expect(families[0]?.samples).toHaveLength(LABEL_SETS * 14)
  })

  it('agrees with itself in each label set, whatever is counted meanwhile', async () => {
    const { registry, latency } = largeRegistry()
    const end = meanwhile(() => {
      for (let n = 0; n < LABEL_SETS; n += 10) latency.observe({ n }, 0.3)
    })
    const { families } = await collect(registry)
    end()
    const counts = new Map<string | undefined, number[]>()
    for (const { name, labels, value } of families[0]?.samples ?? []) {
      if (name.endsWith('_count') || labels.le === '+Inf' || labels.le === '0.5')
        counts.set(labels.n, [...(counts.get(labels.n) ?? []), value])
    }
    for (const [inHalf, inAll, count] of counts.values()) expect([inHalf, inAll]).toEqual([count, count])
    expect(new Set([...counts.values()].flat()).size).toBeGreaterThan(1)
  })

  it('leaves out what is removed meanwhile, and has the rest', async () => {
    const { registry, latency } = largeRegistry()
    const end = meanwhile(() => latency.remove({ n: LABEL_SETS - 1 }))
    const { families } = await collect(registry)
    end()
    expect(families[0]?.samples).toHaveLength((LABEL_SETS - 1) * 14)
  })

  it('is read no further when nobody waits for it any more', async () => {
    const { registry, last } = largeRegistry()
    const get = vi.spyOn(last, 'get')
    const leaving = new AbortController()
    const reportBroken = vi.fn()
    const end = meanwhile(() => leaving.abort(new Error('gone')))
    await expect(collect(registry, { signal: leaving.signal, reportBroken })).rejects.toThrow('gone')
    end()
    expect(get).not.toHaveBeenCalled()
    expect(reportBroken).not.toHaveBeenCalled()
  })
})

describe('a metric that was declared by server/instrument', () => {
  it('has all its label sets, in their order', async () => {
    const registry = createRegistry()
    const visits = declareCounter(registry, { name: 'visits_total', help: 'Visits.', labels: ['page'] })
    const carts = declareGauge(registry, { name: 'carts', help: 'Carts.' })
    const pages = Array.from({ length: 200 }, (_, n) => `/${n}`)
    for (const page of pages) visits.inc({ page }, page.length)
    carts.set(5)
    const samplesOf = async (name: string) =>
      (await collect(registry, { withCreated: false })).families.find((family) => family.name === name)?.samples
    expect(await samplesOf('visits_total')).toEqual(
      pages.map((page) => ({ name: 'visits_total', labels: { page }, value: page.length })),
    )
    expect(await samplesOf('carts')).toEqual([{ name: 'carts', labels: {}, value: 5 }])
  })

  it('has no sample for a label set whose first observation was refused', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const registry = createRegistry()
    const visits = declareCounter(registry, { name: 'visits_total', help: 'Visits.', labels: ['page'] })
    visits.inc({ page: '/refused' }, -1)
    visits.inc({ page: '/' })
    const { families } = await collect(registry, { now: at })
    expect(families.find(({ name }) => name === 'visits_total')?.samples).toEqual([
      { name: 'visits_total', labels: { page: '/' }, value: 1 },
      { name: 'visits_created', labels: { page: '/' }, value: expect.closeTo(Date.now() / 1000, -3) },
    ])
  })

  it('says when each counter, histogram and summary was made, behind its samples', async () => {
    const clock = vi.spyOn(Date, 'now')
    const registry = createRegistry()
    clock.mockReturnValue(1000)
    const visits = declareCounter(registry, { name: 'visits_total', help: 'Visits.', labels: ['page'] })
    declareGauge(registry, { name: 'carts', help: 'Carts.' }).set(1)
    const mails = declareCounter(registry, { name: 'mails_total', help: 'Mails.' })
    const seconds = declareHistogram(registry, { name: 'a_seconds', help: 'A.', labels: ['page'], buckets: [1] })
    const sizes = declareSummary(registry, { name: 'b_bytes', help: 'B.', quantiles: [0.5] })
    clock.mockReturnValue(2500)
    mails.inc()
    sizes.observe(1)
    for (const page of ['/', '/about']) {
      visits.inc({ page })
      seconds.observe({ page }, 0.5)
      clock.mockReturnValue(3000)
    }
    const texts = (samples: Sample[]) =>
      samples.map(({ name, labels, value }) => `${name}{${labels.page ?? ''}} ${value}`)
    const lines = async (options?: CollectOptions) =>
      (await collect(registry, options)).families.flatMap(({ samples }) => texts(samples))
    const all = await lines()
    const created = all.filter((line) => line.includes('_created'))
    expect(created).toEqual([
      'visits_created{/} 2.5',
      'visits_created{/about} 3',
      'mails_created{} 1',
      'a_seconds_created{/} 2.5',
      'a_seconds_created{/about} 3',
      'b_bytes_created{} 1',
    ])
    const before = created.map((line) => all[all.indexOf(line) - 1])
    expect(before).toEqual([
      'visits_total{/} 1',
      'visits_total{/about} 1',
      'mails_total{} 1',
      'a_seconds_count{/} 1',
      'a_seconds_count{/about} 1',
      'b_bytes_count{} 1',
    ])
    expect(await lines({ withCreated: false })).toEqual(all.filter((line) => !line.includes('_created')))
  })

  it('is valid OpenMetrics with all that is known, and comes back as it was', async () => {
    const registry = createRegistry()
    const labels = ['page'] as const
    for (const page of ['/', '/about']) {
      declareCounter(registry, { name: 'visits_total', help: 'Visits.', labels }).inc({ page })
      declareHistogram(registry, { name: 'a_seconds', help: 'A.', labels, buckets: [1] }).observe({ page }, 2, {
        id: 'x',
      })
      declareSummary(registry, { name: 'b_bytes', help: 'B.', labels, quantiles: [0.5, 0.9] }).observe({ page }, 3)
    }
    const snapshot = await collect(registry)
    expect(parseExposition(render(snapshot, 'openmetrics'), OPENMETRICS_CONTENT_TYPE)).toEqual(snapshot.families)
  })

  it('keeps its labels objects whether created times are wanted or not', async () => {
    const registry = createRegistry()
    const visits = declareCounter(registry, { name: 'visits_total', help: 'Visits.', labels: ['page'] })
    for (const page of ['/', '/about']) visits.inc({ page })
    const labelsOf = async (withCreated: boolean) =>
      (await collect(registry, { withCreated })).families
        .flatMap(({ samples }) => samples)
        .filter(({ name }) => name === 'visits_total')
        .map(({ labels }) => labels)
    const first = await labelsOf(false)
    const second = await labelsOf(true)
    const third = await labelsOf(false)
    for (const [place, labels] of first.entries()) {
      expect(second[place]).toBe(labels)
      expect(third[place]).toBe(labels)
    }
  })
})

describe('the unit of a metric', () => {
  it.each([
    ['a_seconds', 'seconds'],
    ['a_bytes', 'bytes'],
    ['a_ratio', 'ratio'],
    ['seconds', ''],
    ['aseconds', ''],
    ['a_seconds_total', ''],
    ['a_total', ''],
  ])('that is a gauge called %s is %j', async (name, unit) => {
    const registers = setUp()
    new Gauge({ name, help: 'g', registers })
    expect((await collectFrom(registers)).families[0]?.unit).toBe(unit)
  })

  it('that is a counter stands before _total', async () => {
    const registers = setUp()
    new Counter({ name: 'cpu_seconds_total', help: 'c', registers })
    expect((await collectFrom(registers)).families[0]?.unit).toBe('seconds')
  })
})

function collectFrom(registers: Registry[], reportBroken?: (name: string, error: unknown) => void) {
  return collect(registers[0] ?? new Registry(), { now: at, reportBroken })
}
