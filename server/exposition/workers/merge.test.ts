import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PROMETHEUS_CONTENT_TYPE } from '../format'
import { parseExposition } from '../parse'
import { render } from '../render'
import type { Snapshot } from '../snapshot'
import { KnownLayouts } from './family-layout'
import type { MergeOptions, Source } from './merge'
import { Merge } from './merge'

/** What a worker says, and its slot; none where it has ended. */
type Worker = [text: string, slot?: number]

const known = new KnownLayouts()

function sourceOf([text, slot]: Worker): Source {
  const families = parseExposition(text, PROMETHEUS_CONTENT_TYPE)
  return {
    families: families.map((family) => known.of(family)),
    numbers: Float64Array.from(families.flatMap(({ samples }) => samples.map(({ value }) => value))),
    low: undefined,
    exemplars: [],
    slot,
  }
}

function merged(workers: readonly Worker[], options: Partial<MergeOptions> = {}): string[] {
  const snapshot: Snapshot = new Merge().snapshot(workers.map(sourceOf), {
    takenAtMs: 0,
    isLabelled: true,
    withCreated: true,
    ...options,
  })
  return render(snapshot, 'prometheus')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
}

const counter = (value: number, labels = '') => `# TYPE hits_total counter\nhits_total${labels} ${value}\n`
const gauge = (name: string, value: number, labels = '') => `# TYPE ${name} gauge\n${name}${labels} ${value}\n`
const histogram = (...buckets: (readonly [le: string, count: number])[]) => {
  const count = buckets.at(-1)?.[1] ?? 0
  const lines = buckets.map(([le, value]) => `seconds_bucket{le="${le}"} ${value}\n`).join('')
  return `# TYPE seconds histogram\n${lines}seconds_sum ${count / 4}\nseconds_count ${count}\n`
}

test.each<[string, Worker[], string[], Partial<MergeOptions>?]>([
  [
    'counters are added',
    [
      [counter(3), 0],
      [counter(4), 1],
    ],
    ['hits_total 7'],
  ],
  ['what an ended worker counted stays', [[counter(3), 0], [counter(4)]], ['hits_total 7']],
  [
    'series that only one worker has stay as they are, whatever the order of their labels',
    [
      [counter(3, '{a="1",b="2"}'), 0],
      [`${counter(4, '{b="2",a="1"}')}hits_total{a="9"} 1\n`, 1],
    ],
    ['hits_total{a="1",b="2"} 7', 'hits_total{a="9"} 1'],
  ],
  [
    'gauges get the slot of their worker',
    [
      [gauge('heap_bytes', 5), 0],
      [gauge('heap_bytes', 6), 2],
    ],
    ['heap_bytes{worker="0"} 5', 'heap_bytes{worker="2"} 6'],
  ],
  [
    'gauges of an ended worker are gone',
    [[gauge('heap_bytes', 5), 1], [gauge('heap_bytes', 6)]],
    ['heap_bytes{worker="1"} 5'],
  ],
  [
    'gauges of the only worker have no label',
    [[gauge('heap_bytes', 5), 0], [counter(2)]],
    ['heap_bytes 5', 'hits_total 2'],
    { isLabelled: false },
  ],
  [
    'a label worker of the app itself makes room, as Prometheus has it',
    [[gauge('jobs', 5, '{worker="mail"}'), 0]],
    ['jobs{worker="0",exported_worker="mail"} 5'],
  ],
  [
    'what describes the build is there once for each build',
    [
      [gauge('build_info', 1, '{version="a"}'), 0],
      [gauge('build_info', 1, '{version="a"}'), 1],
      [gauge('build_info', 1, '{version="b"}'), 2],
    ],
    ['build_info{version="a"} 1', 'build_info{version="b"} 1'],
  ],
  [
    'a note is everybody’s',
    [
      [gauge('annotation_timestamp_seconds', 7, '{id="1"}'), 0],
      [gauge('annotation_timestamp_seconds', 8, '{id="2"}'), 1],
    ],
    ['annotation_timestamp_seconds{id="1"} 7', 'annotation_timestamp_seconds{id="2"} 8'],
  ],
  [
    'the busy time of an event loop is of that loop',
    [
      ['# TYPE nodejs_eventloop_busy_seconds_total counter\nnodejs_eventloop_busy_seconds_total 1\n', 0],
      ['# TYPE nodejs_eventloop_busy_seconds_total counter\nnodejs_eventloop_busy_seconds_total 2\n', 1],
    ],
    ['nodejs_eventloop_busy_seconds_total{worker="0"} 1', 'nodejs_eventloop_busy_seconds_total{worker="1"} 2'],
  ],
  [
    'histograms are added bucket by bucket',
    [
      [histogram(['0.1', 1], ['+Inf', 2]), 0],
      [histogram(['0.1', 3], ['+Inf', 6]), 1],
    ],
    ['seconds_bucket{le="0.1"} 4', 'seconds_bucket{le="+Inf"} 8', 'seconds_sum 2', 'seconds_count 8'],
  ],
  [
    'of bounds that differ, those stay that all have',
    [[histogram(['0.1', 1], ['0.5', 1], ['+Inf', 2]), 0], [histogram(['0.2', 3], ['0.5', 4], ['+Inf', 6])]],
    ['seconds_bucket{le="0.5"} 5', 'seconds_bucket{le="+Inf"} 8', 'seconds_sum 2', 'seconds_count 8'],
  ],
  [
    'of summaries the counts are added, and the quantiles are each worker’s own',
    [
      ['# TYPE wait summary\nwait{quantile="0.5"} 2\nwait_sum 3\nwait_count 4\n', 0],
      ['# TYPE wait summary\nwait{quantile="0.5"} 1\nwait_sum 3\nwait_count 4\n', 1],
      ['# TYPE wait summary\nwait{quantile="0.5"} 9\nwait_sum 3\nwait_count 4\n'],
    ],
    ['wait{worker="0",quantile="0.5"} 2', 'wait_sum 9', 'wait_count 12', 'wait{worker="1",quantile="0.5"} 1'],
  ],
  [
    'of a metric with two types the first counts',
    [
      [counter(3), 0],
      [gauge('hits_total', 4), 1],
    ],
    ['hits_total 3'],
  ],
])('%s', (_, workers, lines, options) => {
  expect(merged(workers, options)).toEqual(lines)
})

test('the exemplar is the newest one, and the created time the oldest', () => {
  const families = [{ name: 'hits_total', type: 'counter' as const, help: '', unit: '', samples: [] }].map((family) =>
    known.of({
      ...family,
      samples: [
        { name: 'hits_total', labels: {}, value: 0 },
        { name: 'hits_created', labels: {}, value: 0 },
      ],
    }),
  )
  const from = (createdSeconds: number, timestampMs: number): Source => ({
    families,
    numbers: Float64Array.of(1, createdSeconds),
    low: undefined,
    exemplars: [[0, { labels: { trace_id: `${timestampMs}` }, value: 1, timestampMs }]],
    slot: 0,
  })
  const merge = new Merge()
  const sources = [from(20, 5), from(10, 9), from(30, 7)]
  const { families: both } = merge.snapshot(sources, { takenAtMs: 0, isLabelled: true, withCreated: true })
  expect(both[0]?.samples).toEqual([
    { name: 'hits_total', labels: {}, value: 3, exemplar: { labels: { trace_id: '9' }, value: 1, timestampMs: 9 } },
    { name: 'hits_created', labels: {}, value: 10 },
  ])
  const { families: without } = merge.snapshot(sources, { takenAtMs: 0, isLabelled: true, withCreated: false })
  expect(without[0]?.samples.map(({ name }) => name)).toEqual(['hits_total'])
})

test('a sum is the same to the last bit whichever workers have ended and were put together', () => {
  const amount = fc.double({ min: 0, max: 1e9, noNaN: true })
  const order = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(fc.array(amount, { minLength: 2, maxLength: 12 }), order, (amounts, random) => {
      const merge = new Merge()
      const layout = known.of({
        name: 'spent_total',
        type: 'counter',
        help: '',
        unit: '',
        samples: [{ name: 'spent_total', labels: {}, value: 0 }],
      })
      const source = (numbers: Float64Array, low?: Float64Array): Source => ({
        families: [layout],
        numbers,
        low,
        exemplars: [],
        slot: undefined,
      })
      const total = (sources: Source[]) =>
        merge.snapshot(sources, { takenAtMs: 0, isLabelled: true, withCreated: true }).families[0]?.samples[0]?.value
      let sources = amounts.map((one) => source(Float64Array.of(one)))
      const whole = total(sources)
      while (sources.length > 1) {
        sources = sources
          .map((one) => ({ one, at: random.next().value }))
          .sort((one, other) => one.at - other.at)
          .map(({ one }) => one)
        const { low, numbers } = merge.sums(sources.splice(0, 2), (family) => known.of(family))
        sources.push(source(numbers, low))
        expect(total(sources)).toBe(whole)
      }
    }),
    { seed: 13 },
  )
})
