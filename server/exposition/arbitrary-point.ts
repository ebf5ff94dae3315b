// For tests: the samples that a metric of each type may have in OpenMetrics, at one time.
import fc from 'fast-check'
import { anyText, toLabels } from './arbitrary-text'
import { formatCanonical } from './number'
import type { Exemplar, MetricType, Sample } from './snapshot'

/** Without the labels and the timestamp of their metric. */
export type Point = Sample[]

/** Adding 0 makes -0, which no time is, a 0. */
export const anyTime = fc.double({ noNaN: true, noDefaultInfinity: true }).map((time) => time + 0)

const anyValue = fc.double()
const anyTotal = fc.double({ min: 0, noNaN: true })
const anyCount = fc.nat({ max: 2 ** 40 })
const anyBound = fc.double({ noNaN: true, noDefaultInfinity: true }).map((bound) => bound + 0)
const anyQuantile = fc.double({ min: 0, max: 1, noNaN: true }).map((quantile) => quantile + 0)

const anyExemplar: fc.Arbitrary<Exemplar> = fc.record(
  {
    labels: fc
      .array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 3 })
      .map((values) => toLabels(values.map((value, index) => [`label${index}`, value]))),
    value: fc.double({ noNaN: true }),
    timestampMs: anyTime,
  },
  { requiredKeys: ['labels', 'value'], noNullPrototype: true },
)

const anyBucket = fc.record({ bound: anyBound, more: anyCount, exemplar: fc.option(anyExemplar) })

const anyBuckets = fc
  .uniqueArray(anyBucket, { selector: ({ bound }) => bound, maxLength: 5 })
  .chain((buckets) =>
    anyBucket.map((last) => [
      ...buckets.sort((one, other) => one.bound - other.bound),
      { ...last, bound: Number.POSITIVE_INFINITY },
    ]),
  )

/** For a family of this name in OpenMetrics, which a counter's has no _total. */
export const anyPoint: Record<MetricType, (name: string) => fc.Arbitrary<Point>> = {
  gauge: (name) => anyValue.map((value) => [sample(name, value)]),
  unknown: (name) => anyValue.map((value) => [sample(name, value)]),
  counter: (name) =>
    fc
      .tuple(anyTotal, fc.option(anyExemplar), fc.option(anyTime))
      .map(([total, exemplar, created]) => [
        { ...sample(`${name}_total`, total), ...(exemplar && { exemplar }) },
        ...(created === null ? [] : [sample(`${name}_created`, created)]),
      ]),
  histogram: (name) =>
    fc.tuple(anyBuckets, anyTotal, anyTime).map(([buckets, sum, created]) => {
      const hasSum = buckets.every(({ bound }) => bound >= 0)
      const count = sample(`${name}_count`, countOf(buckets))
      return [
        ...bucketSamples(name, buckets),
        ...(hasSum ? [count, sample(`${name}_sum`, sum)] : []),
        sample(`${name}_created`, created),
      ]
    }),
  gaugehistogram: (name) =>
    fc
      .tuple(anyBuckets, anyTotal)
      .map(([buckets, sum]) => [
        ...bucketSamples(name, buckets),
        sample(`${name}_gcount`, countOf(buckets)),
        sample(`${name}_gsum`, sum),
      ]),
  summary: (name) =>
    fc
      .tuple(fc.uniqueArray(anyQuantile), anyTotal, anyCount)
      .map(([quantiles, sum, count]) => [
        ...quantiles.map((quantile) => sample(name, sum, ['quantile', formatCanonical(quantile)])),
        sample(`${name}_sum`, sum),
        sample(`${name}_count`, count),
      ]),
  info: (name) => fc.constant([sample(`${name}_info`, 1)]),
  stateset: (name) =>
    fc
      .uniqueArray(fc.tuple(anyText, fc.nat({ max: 1 })), { selector: ([state]) => state, minLength: 1 })
      .map((states) => states.map(([state, value]) => sample(name, value, [name, state]))),
}

type Bucket = { bound: number; more: number; exemplar: Exemplar | null }

function countOf(buckets: Bucket[]): number {
  return buckets.reduce((count, { more }) => count + more, 0)
}

function bucketSamples(name: string, buckets: Bucket[]): Point {
  return buckets.map(({ bound, exemplar }, index) => ({
    ...sample(`${name}_bucket`, countOf(buckets.slice(0, index + 1)), ['le', formatCanonical(bound)]),
    ...(exemplar !== null && exemplar.value <= bound && { exemplar }),
  }))
}

function sample(name: string, value: number, ...labels: [string, string][]): Sample {
  return { name, labels: toLabels(labels), value }
}
