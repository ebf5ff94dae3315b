import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateInstant, evaluateRange } from './engine'
import { seriesList } from './testing/series-list'
import { load } from './testing/series-notation'
import type { Point } from './value'

type Window = { samples: Point[]; startMs: number; endMs: number }
const last = (samples: Point[]): Point => samples.at(-1) ?? [0, 0]
const valuesOf = ({ samples }: Window) => samples.map(([, value]) => value)

/** Prometheus's definitions, one window at a time, without any of the engine's indices. undefined: no result. */
const naive: Record<string, (window: Window) => number | undefined> = {
  rate: (window) => scaled(extrapolated(window, true), 1 / ((window.endMs - window.startMs) / 1000)),
  increase: (window) => extrapolated(window, true),
  delta: (window) => extrapolated(window, false),
  irate: ({ samples }) => {
    const [before, after] = samples.slice(-2)
    if (!before || !after) return undefined
    return (after[1] < before[1] ? after[1] : after[1] - before[1]) / ((after[0] - before[0]) / 1000)
  },
  idelta: ({ samples }) => {
    const [before, after] = samples.slice(-2)
    return before && after && after[1] - before[1]
  },
  count_over_time: ({ samples }) => samples.length || undefined,
  sum_over_time: (window) => (window.samples.length > 0 ? valuesOf(window).reduce((a, b) => a + b) : undefined),
  min_over_time: (window) => (window.samples.length > 0 ? Math.min(...valuesOf(window)) : undefined),
  max_over_time: (window) => (window.samples.length > 0 ? Math.max(...valuesOf(window)) : undefined),
  last_over_time: ({ samples }) => samples.at(-1)?.[1],
  changes: ({ samples }) =>
    samples.length > 0 ? samples.filter(([, value], i) => i > 0 && value !== samples[i - 1]?.[1]).length : undefined,
  resets: ({ samples }) =>
    samples.length > 0 ? samples.filter(([, value], i) => value < (samples[i - 1]?.[1] ?? 0)).length : undefined,
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}

function extrapolated({ samples, startMs, endMs }: Window, isCounter: boolean): number | undefined {
  const [first] = samples
  if (!first || samples.length < 2) return undefined
  let difference = last(samples)[1] - first[1]
  if (isCounter) {
    for (const [i, [, value]] of samples.entries()) {
      const before = samples[i - 1]?.[1] ?? Number.NEGATIVE_INFINITY
      if (value < before) difference += before
    }
  }
  const sampled = (last(samples)[0] - first[0]) / 1000
  const gap = sampled / (samples.length - 1)
  let toStart = (first[0] - startMs) / 1000
  let toEnd = (endMs - last(samples)[0]) / 1000
  if (toStart >= gap * 1.1) toStart = gap / 2
  if (isCounter && difference > 0 && first[1] >= 0) toStart = Math.min(toStart, (sampled * first[1]) / difference)
  if (toEnd >= gap * 1.1) toEnd = gap / 2
  return (difference * (sampled + toStart + toEnd)) / sampled
}

/** A series with gaps, resets and staleness markers: pairs of a distance to the sample before, and a value. */
const steps = fc.array(
  fc.record({ gapMs: fc.integer({ min: 1, max: 4000 }), value: fc.nat(50), isStale: fc.boolean() }),
  { maxLength: 40 },
)

describe('evaluated by column, a function of windows is what its definition says of each window', () => {
  test.each(Object.keys(naive))('%s', async (name) => {
    const times = fc.record({ rangeMs: fc.integer({ min: 1, max: 20_000 }), stepMs: fc.integer({ min: 1, max: 5000 }) })
    const offsets = fc.integer({ min: -5000, max: 5000 })
    await fc.assert(
      fc.asyncProperty(steps, times, offsets, async (made, { rangeMs, stepMs }, offsetMs) => {
        const samples: { tMs: number; value: number; isStale: boolean }[] = []
        for (const { gapMs, isStale, value } of made) {
          samples.push({ tMs: (samples.at(-1)?.tMs ?? 0) + gapMs, value, isStale: isStale && value > 40 })
        }
        const source = seriesList([
          {
            labels: { __name__: 'some_total' },
            timestampsMs: Float64Array.from(samples, (sample) => sample.tMs),
            values: Float64Array.from(samples, ({ value }) => value),
            stale: Uint8Array.from(samples, ({ isStale }) => Number(isStale)),
          },
        ])
        const range = { startMs: 0, endMs: 50 * stepMs, stepMs }
        const { series } = await evaluateRange(source, `${name}(some_total[${rangeMs}ms] offset ${offsetMs}ms)`, range)
        const answered = new Map(series[0]?.points)
        for (let step = 0; step <= 50; step++) {
          const endMs = step * stepMs - offsetMs
          const startMs = endMs - rangeMs
          const within = samples.filter((sample) => !sample.isStale && sample.tMs > startMs && sample.tMs <= endMs)
          const points = within.map((sample): Point => [sample.tMs, sample.value])
          const wanted = naive[name]?.({ samples: points, startMs, endMs })
          const got = answered.get(step * stepMs)
          if (wanted === undefined) expect(got).toBeUndefined()
          else expect(got).toBeCloseTo(wanted, 9)
        }
      }),
      { numRuns: 60 },
    )
  })
})

test('the rate of a counter is the same whether it was reset or not', async () => {
  const growths = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(growths, fc.nat(), async (growth, where) => {
      const reset = 1 + (where % (growth.length - 1))
      let count = 1000
      let countSinceReset = 1000
      const values = growth.map((more) => (count += more))
      const withReset = growth.map((more, i) => (countSinceReset = (i === reset ? 0 : countSinceReset) + more))
      const source = load(1000, `kept_total ${values.join(' ')}\n reset_total ${withReset.join(' ')}`)
      const atMs = (growth.length - 1) * 1000
      const [kept, restarted] = await Promise.all(
        ['kept', 'reset'].map((name) => evaluateInstant(source, `rate(${name}_total[100s])`, atMs)),
      )
      expect(restarted).toEqual(kept)
    }),
  )
})

test('a window is open on the left and closed on the right', async () => {
  const source = load(1000, 'up 1x10')
  expect(await evaluateInstant(source, 'count_over_time(up[2s])', 5000)).toMatchObject({ series: [{ value: 2 }] })
  expect(await evaluateInstant(source, 'count_over_time(up[2001ms])', 5000)).toMatchObject({ series: [{ value: 3 }] })
})

describe('the newest sample counts for five minutes', () => {
  const source = load(1000, 'seen 7\n ended 7 stale')
  test.each([
    ['seen', 0, 1],
    ['seen', 299_999, 1],
    ['seen', 300_000, 0],
    ['ended', 999, 1],
    ['ended', 1000, 0],
  ])('%s at %i ms: %i series', async (expr, atMs, count) => {
    expect(await evaluateInstant(source, expr, atMs)).toMatchObject({ series: { length: count } })
  })
})
