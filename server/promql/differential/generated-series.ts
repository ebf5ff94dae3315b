// Series of every kind that a query can meet, the same for the same seed: counters with resets, gauges that wander,
// histograms that are right and that are not, gaps, staleness markers, NaN, infinities, large and tiny values.
import type { Series } from '../../storage/series'

/** Half an hour from here is filled. */
export const startMs = 1_700_000_000_000
export const spanMs = 1_800_000

export type Random = () => number
type Shape = {
  labels: Record<string, string>
  everyMs: number
  jitterMs?: number
  /** Called in order of time. */
  valueAt: (i: number, tMs: number) => number
  isMissing?: (i: number) => boolean
  isStale?: (i: number) => boolean
}

export function generatedSeries(seed: number): Series[] {
  const random = mulberry32(seed)
  const shapes = [...counters(random), ...gauges(random), ...histograms(random), ...oddities(random)]
  return shapes.map((shape) => sampled(shape, random))
}

function* counters(random: Random): Generator<Shape> {
  for (const instance of ['a:1', 'b:2']) {
    for (const route of ['/', '/users/[id]', '(unmatched)']) {
      for (const status of ['200', '404', '500']) {
        const labels = { job: 'app', instance, route, status }
        const resets = random() < 0.5 ? 0.02 : 0
        const counter = counting(random, resets, () => Math.floor(random() * 20))
        const gap = Math.floor(random() * 100)
        const isMissing = (i: number) => status === '500' && i >= gap && i < gap + 12
        const isStale = (i: number) => status === '404' && i === gap
        yield {
          labels: { __name__: 'requests_total', ...labels },
          everyMs: 10_000,
          valueAt: counter,
          isMissing,
          isStale,
        }
      }
    }
    const bytes = counting(random, 0.01, () => random() * 1e6)
    yield { labels: { __name__: 'bytes_total', job: 'app', instance }, everyMs: 15_000, jitterMs: 400, valueAt: bytes }
    const errors = counting(random, 0, () => (random() < 0.05 ? 1 : 0))
    yield { labels: { __name__: 'errors_total', job: 'app', instance }, everyMs: 10_000, valueAt: errors }
  }
}

function* gauges(random: Random): Generator<Shape> {
  for (const [i, instance] of ['a:1', 'b:2', 'c:3'].entries()) {
    const strange = (value: number) => {
      const dice = i === 2 ? random() : 1
      return dice < 0.03 ? Number.NaN : dice < 0.04 ? Infinity : dice < 0.05 ? -Infinity : value
    }
    const walk = walking(random, 20, 2)
    yield {
      labels: { __name__: 'temperature_celsius', instance, room: 'r1' },
      everyMs: 5_000,
      valueAt: () => strange(walk()),
    }
    const second = walking(random, -5, 1)
    yield {
      labels: { __name__: 'temperature_celsius', instance, room: 'r2' },
      everyMs: 20_000,
      jitterMs: 3_000,
      valueAt: second,
    }
    const memory = walking(random, 4e8, 1e7)
    yield { labels: { __name__: 'memory_bytes', instance, job: 'app' }, everyMs: 10_000, valueAt: memory }
    yield { labels: { __name__: 'up', instance, job: 'app' }, everyMs: 10_000, valueAt: () => (random() < 0.9 ? 1 : 0) }
    const version = `1.${i}`
    yield { labels: { __name__: 'build_info', instance, job: 'app', version }, everyMs: 10_000, valueAt: () => 1 }
    yield {
      labels: { __name__: 'target_info', instance, job: 'app', zone: `z${i % 2}` },
      everyMs: 60_000,
      valueAt: () => 1,
    }
    yield {
      labels: { __name__: 'started_seconds', instance },
      everyMs: 30_000,
      valueAt: () => Math.floor(random() * 4e9) - 1e9,
    }
  }
}

function* histograms(random: Random): Generator<Shape> {
  const bounds = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '+Inf']
  for (const instance of ['a:1', 'b:2']) {
    for (const route of ['/', '/slow']) {
      const labels = { instance, route }
      const observed = bounds.map((_, i) => counting(random, 0, () => Math.floor(random() * 3 * (i < 7 ? 1 : 0.4))))
      const cells = bounds.map(() => [] as number[])
      for (let i = 0; i < spanMs / 10_000; i++) {
        let total = 0
        for (const [b, cell] of cells.entries()) cell[i] = total += observed[b]?.() ?? 0
      }
      for (const [b, le] of bounds.entries()) {
        yield {
          labels: { __name__: 'latency_seconds_bucket', ...labels, le },
          everyMs: 10_000,
          valueAt: (i) => cells[b]?.[i] ?? 0,
        }
      }
      yield {
        labels: { __name__: 'latency_seconds_count', ...labels },
        everyMs: 10_000,
        valueAt: (i) => cells.at(-1)?.[i] ?? 0,
      }
      const sum = counting(random, 0, () => random() * 3)
      yield { labels: { __name__: 'latency_seconds_sum', ...labels }, everyMs: 10_000, valueAt: sum }
    }
  }
  const broken: Record<string, string[]> = {
    no_infinity: ['1', '2'],
    only_infinity: ['+Inf'],
    negative: ['-2', '-1', '0', '3', '+Inf'],
    below_zero: ['-2', '-1', '+Inf'],
    not_monotonic: ['1', '2', '3', '+Inf'],
    same_bounds: ['1', '1.0', '2', '+Inf'],
    bad_bounds: ['x', '1', '2', '+Inf', ''],
    empty: ['1', '2', '+Inf'],
  }
  for (const [kind, bounds] of Object.entries(broken)) {
    for (const [i, le] of bounds.entries()) {
      const value = kind === 'empty' ? 0 : kind === 'not_monotonic' ? [5, 3, 8, 7][i] : (i + 1) * 3
      yield { labels: { __name__: 'odd_bucket', kind, le }, everyMs: 30_000, valueAt: () => value ?? 0 }
    }
  }
}

function* oddities(random: Random): Generator<Shape> {
  const named = (__name__: string, labels: Record<string, string> = {}) => ({ __name__, ...labels })
  yield { labels: named('sparse'), everyMs: 240_000, jitterMs: 60_000, valueAt: () => random() }
  yield { labels: named('sparse', { kind: 'rare' }), everyMs: 620_000, valueAt: () => random() }
  yield { labels: named('one_sample'), everyMs: spanMs, valueAt: () => 42 }
  yield { labels: named('flapping'), everyMs: 10_000, valueAt: (i) => i, isStale: (i) => i % 13 === 5 }
  yield { labels: named('constant', { kind: 'pi' }), everyMs: 10_000, valueAt: () => Math.PI }
  yield { labels: named('constant', { kind: 'infinite' }), everyMs: 10_000, valueAt: () => Infinity }
  yield { labels: named('constant', { kind: 'not' }), everyMs: 10_000, valueAt: () => Number.NaN }
  yield { labels: named('constant', { kind: 'zero' }), everyMs: 10_000, valueAt: () => -0 }
  for (const [i, size] of [1.5e308, 1.2e308, -1.7e308, 3, 1e-310].entries()) {
    yield { labels: named('huge', { n: String(i) }), everyMs: 10_000, valueAt: () => size * (0.9 + random() * 0.1) }
  }
  for (const [i, size] of [1e100, 1, -1e100, 1e-3, 7].entries()) {
    yield {
      labels: named('cancelling', { n: String(i) }),
      everyMs: 10_000,
      valueAt: (k) => (k % 2 ? size : -size) * (i === 4 ? k : 1),
    }
  }
  yield { labels: named('http.requests', { 'service.name': 'ü"\\\n' }), everyMs: 10_000, valueAt: (i) => i * 1.25 }
  yield { labels: named('inherited', { constructor: 'x', __proto__x: 'y' }), everyMs: 10_000, valueAt: (i) => i }
  for (const [n, unit] of ['bytes', 'seconds', ''].entries()) {
    const typed = { __type__: n === 2 ? 'gauge' : 'counter', ...(unit === '' ? {} : { __unit__: unit }) }
    yield { labels: named('typed_total', { ...typed, n: String(n % 2) }), everyMs: 10_000, valueAt: (i) => i * (n + 1) }
  }
  for (const side of ['left', 'right']) {
    for (const n of ['1', '2', '3']) {
      const isMissing = (i: number) => (side === 'left') === (i + Number(n)) % 30 < 8
      yield {
        labels: named(side, { n, side }),
        everyMs: 10_000,
        valueAt: (i) => Number(n) * i + (side === 'left' ? 1 : 0),
        isMissing,
      }
    }
  }
  yield { labels: named('first_half', { n: '1' }), everyMs: 10_000, valueAt: (i) => i, isMissing: (i) => i > 60 }
  yield { labels: named('second_half', { n: '1' }), everyMs: 10_000, valueAt: (i) => i, isMissing: (i) => i < 120 }
  for (const n of ['1', '2', '10', '9a', 'b']) yield { labels: named('tied', { n }), everyMs: 30_000, valueAt: () => 5 }
}

function counting(random: Random, resets: number, growth: () => number): () => number {
  let value = Math.floor(random() * 100)
  return () => {
    value = random() < resets ? growth() : value + growth()
    return value
  }
}

function walking(random: Random, start: number, step: number): () => number {
  let value = start
  return () => {
    value += (random() - 0.5) * step
    return value
  }
}

function sampled({ everyMs, isMissing, isStale, jitterMs = 0, labels, valueAt }: Shape, random: Random): Series {
  const samples: { tMs: number; value: number; stale: number }[] = []
  const phaseMs = Math.floor(random() * 5) * 1000
  for (let i = 0; i * everyMs < spanMs; i++) {
    const tMs = startMs + phaseMs + i * everyMs + Math.floor(random() * jitterMs)
    const value = valueAt(i, tMs)
    if (!isMissing?.(i)) samples.push({ tMs, value, stale: isStale?.(i) ? 1 : 0 })
  }
  return {
    labels,
    timestampsMs: Float64Array.from(samples, ({ tMs }) => tMs),
    values: Float64Array.from(samples, ({ value, stale }) => (stale ? Number.NaN : value)),
    stale: isStale && Uint8Array.from(samples, ({ stale }) => stale),
  }
}

/** A small generator of random numbers with a seed: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function mulberry32(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
