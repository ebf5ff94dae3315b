import type { OpenMetricsContentType } from 'prom-client'
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { collect } from './collect'
import { OPENMETRICS_CONTENT_TYPE } from './format'

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
})

function collectFrom(registers: Registry[], reportBroken?: (name: string, error: unknown) => void) {
  return collect(registers[0] ?? new Registry(), at, reportBroken)
}
