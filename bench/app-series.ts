// The series of a busy app as a scrape sees them, second by second: counters that move by small steps, latency buckets
// of which most rarely move, sums of seconds, and gauges that wander. The same numbers in every run.
import type { Labels } from '../server/exposition/snapshot'

export const KINDS = ['counter', 'bucket', 'sum', 'gauge'] as const
export type Kind = (typeof KINDS)[number]

export type AppSeries = { labels: Labels; kind: Kind }

export type App = {
  series: readonly AppSeries[]
  /** Of each series its value now. */
  values: Float64Array
  /** One second of traffic. */
  advance(): void
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']
const STATUSES = ['200', '201', '304', '404', '500']
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const LES = [...BOUNDS.map(String), '+Inf']
const SERIES_PER_LABEL_SET = LES.length + 3
const TARGET = { job: 'shop', instance: '10.0.0.1:3000' }

/**
 * An app with about so many series, a twentieth of them gauges. A few of its routes get most of the requests, as
 * Zipf's law says.
 */
export function createApp(seriesCount: number, requestsPerSecond: number): App {
  const random = randomFrom(42)
  const series: AppSeries[] = []
  const labelSets = Math.floor((seriesCount * 0.95) / SERIES_PER_LABEL_SET)
  for (let set = 0; set < labelSets; set++) series.push(...seriesOfLabelSet(set))
  const firstGauge = series.length
  const gauges = Array.from({ length: seriesCount - firstGauge }, (_, i) => createGauge(i, random))
  for (const { name, place } of gauges) {
    series.push({ kind: 'gauge', labels: { __name__: name, ...TARGET, shard: String(place) } })
  }
  const values = new Float64Array(series.length)
  const weights = Array.from({ length: labelSets }, (_, set) => 1 / (set + 1))
  const allWeights = weights.reduce((sum, weight) => sum + weight, 0)

  function countRequest(set: number): void {
    const seconds = 0.004 * (1 + (set % 7)) * Math.exp(gaussian(random))
    const at = set * SERIES_PER_LABEL_SET
    const add = (offset: number, by: number) => {
      values[at + offset] = (values[at + offset] ?? 0) + by
    }
    for (const [bucket, bound] of BOUNDS.entries()) if (seconds <= bound) add(bucket, 1)
    add(LES.length - 1, 1)
    add(LES.length, seconds)
    add(LES.length + 1, 1)
    add(LES.length + 2, 1)
  }

  return {
    series,
    values,
    advance: () => {
      for (const [set, weight] of weights.entries()) {
        for (let n = poisson((requestsPerSecond * weight) / allWeights, random); n > 0; n--) countRequest(set)
      }
      for (const [i, { next }] of gauges.entries()) values[firstGauge + i] = next(values[firstGauge + i] ?? 0)
    },
  }
}

function seriesOfLabelSet(set: number): AppSeries[] {
  const shared = {
    ...TARGET,
    method: METHODS[set % METHODS.length] ?? '',
    route: `/shops/[shop]/shelf-${Math.floor(set / METHODS.length / STATUSES.length)}/[id]`,
    status: STATUSES[Math.floor(set / METHODS.length) % STATUSES.length] ?? '',
  }
  const named = (kind: Kind, name: string): AppSeries => ({ kind, labels: { __name__: name, ...shared } })
  return [
    ...LES.map(
      (le): AppSeries => ({
        kind: 'bucket',
        labels: { __name__: 'latency_seconds_bucket', ...shared, le },
      }),
    ),
    named('sum', 'latency_seconds_sum'),
    named('counter', 'latency_seconds_count'),
    named('counter', 'requests_total'),
  ]
}

type Gauge = { name: string; place: number; next(value: number): number }

/** Gauges of the kinds that Node and an operating system have, and one that uses all digits of a double. */
function createGauge(i: number, random: () => number): Gauge {
  const kinds: [string, (value: number) => number][] = [
    ['requests_in_flight', () => poisson(4, random)],
    ['nodejs_heap_size_used_bytes', (value) => Math.max(2e7, value + 8 * Math.round(gaussian(random) * 20_000))],
    ['process_resident_memory_bytes', (value) => (random() < 0.3 ? 4096 * Math.round(20_000 + 500 * random()) : value)],
    ['process_open_fds', (value) => (random() < 0.05 ? 20 + poisson(10, random) : value)],
    ['nodejs_eventloop_lag_seconds', () => Math.round(1e9 * 0.001 * Math.exp(gaussian(random))) / 1e9],
    ['node_load1', (value) => Math.round(100 * (value * 0.98 + 0.02 * 4 * random())) / 100],
    ['process_start_time_seconds', () => 1_760_000_000.25],
    ['temperature_celsius', (value) => value * 0.999 + 0.04 + gaussian(random) / 20],
  ]
  const [name, next] = kinds[i % kinds.length] ?? ['', () => 0]
  return { name, place: Math.floor(i / kinds.length), next }
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}
