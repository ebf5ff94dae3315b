// What counting costs: the metrics of server/instrument, whose label sets are bounded and told apart exactly, beside bare
// prom-client with the same labels, in nanoseconds of processor time.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { declareCounter, declareGauge, declareHistogram } from '../server/instrument/declare'
import { createRegistry } from '../server/instrument/registry'
import { cpuMs } from './cpu-time'
import type { Row } from './report'
import { report } from './report'

const ROUNDS = 15
const TIMES = 200_000
const LABEL_SETS = 100

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const labels = ['method', 'route', 'status'] as const
const help = 'For the bench.'
/** As a request comes with them: each time another object. */
const labelsOf = (i: number) => ({ method: 'GET', route: ROUTES[i % LABEL_SETS] ?? '', status: '200' })
const ROUTES = Array.from({ length: LABEL_SETS }, (_, i) => `/shops/[shop]/shelf-${i}/[id]`)

const ours = createRegistry()
const theirs = { help, labelNames: labels, registers: [new Registry()] }
const ourCounter = declareCounter(ours, { name: 'a_total', help, labels })
const theirCounter = new Counter({ ...theirs, name: 'a_total' })
const ourGauge = declareGauge(ours, { name: 'b', help, labels })
const theirGauge = new Gauge({ ...theirs, name: 'b' })
const ourHistogram = declareHistogram(ours, { name: 'c_seconds', help, labels, buckets })
const theirHistogram = new Histogram({ ...theirs, name: 'c_seconds', buckets })

report(`Counting ${TIMES} times in ${LABEL_SETS} label sets of three labels`, [
  compare(
    'counter.inc',
    (i) => ourCounter.inc(labelsOf(i)),
    (i) => theirCounter.inc(labelsOf(i)),
  ),
  compare(
    'gauge.set',
    (i) => ourGauge.set(labelsOf(i), i),
    (i) => theirGauge.set(labelsOf(i), i),
  ),
  compare(
    'histogram.observe',
    (i) => ourHistogram.observe(labelsOf(i), (i % 1000) / 500),
    (i) => theirHistogram.observe(labelsOf(i), (i % 1000) / 500),
  ),
])

function compare(name: string, our: (i: number) => void, their: (i: number) => void): Row {
  const figures: number[] = []
  const rival: number[] = []
  // The first round compiles.
  for (let round = 0; round <= ROUNDS; round++) {
    const ourNanos = nanosOf(our)
    const theirNanos = nanosOf(their)
    if (round === 0) continue
    figures.push(ourNanos)
    rival.push(theirNanos)
  }
  return { name, unit: 'ns', figures, against: { name: 'prom-client', figures: rival } }
}

function nanosOf(count: (i: number) => void): number {
  const begunMs = cpuMs()
  for (let i = 0; i < TIMES; i++) count(i)
  return ((cpuMs() - begunMs) / TIMES) * 1e6
}
