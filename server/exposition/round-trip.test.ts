// The general truth about this folder: what was rendered is read back as it was, in both formats.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from './arbitrary-point'
import { anyPoint, anyTime } from './arbitrary-point'
import { anyName, anyPairs, anyText, toLabels } from './arbitrary-text'
import type { ExpositionFormat } from './format'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from './format'
import { parseExposition } from './parse'
import { render } from './render'
import type { Family, MetricType, Sample } from './snapshot'

const ALL_TYPES = Object.keys(anyPoint) as MetricType[]

describe('the Prometheus format', () => {
  const suffixes = {
    counter: [''],
    gauge: [''],
    unknown: [''],
    histogram: ['', '_bucket', '_sum', '_count'],
    summary: ['', '_sum', '_count'],
  } satisfies Partial<Record<MetricType, string[]>>

  const anySample = (names: string[]): fc.Arbitrary<Sample> =>
    fc.record(
      {
        name: fc.constantFrom(...names),
        labels: anyPairs.map(toLabels),
        value: fc.double(),
        timestampMs: fc.maxSafeInteger(),
      },
      { requiredKeys: ['name', 'labels', 'value'] },
    )

  const anyFamily = fc
    .tuple(anyName, anyText, fc.constantFrom('counter', 'gauge', 'unknown', 'histogram', 'summary'))
    .chain(([stem, help, type]): fc.Arbitrary<Family> => {
      const name = type === 'counter' ? `${stem}_total` : stem
      const names = suffixes[type].map((suffix) => name + suffix)
      return fc.array(anySample(names)).map((samples) => ({ name, type, help, unit: '', samples }))
    })

  it('comes back as it was', () => {
    expectRoundTrip(fc.uniqueArray(anyFamily, { selector: ({ name }) => name, maxLength: 5 }), 'prometheus')
  })
})

describe('OpenMetrics', () => {
  /** Either one point without a time, or several in order of time. */
  const anyHistory = (type: MetricType, name: string): fc.Arbitrary<{ timestampMs?: number; point: Point }[]> =>
    fc.oneof(
      anyPoint[type](name).map((point) => [{ point }]),
      fc
        .uniqueArray(fc.record({ timestampMs: anyTime, point: anyPoint[type](name) }), {
          selector: ({ timestampMs }) => timestampMs,
          minLength: 1,
          maxLength: 3,
        })
        .map((history) => history.sort((one, other) => one.timestampMs - other.timestampMs)),
    )

  const anyMetric = (type: MetricType, name: string) =>
    fc.record({
      labels: anyPairs.map((pairs) => pairs.filter(([label]) => label !== name)),
      history: anyHistory(type, name),
    })

  const anyFamily = fc
    .tuple(anyName, anyText, fc.constantFrom(...ALL_TYPES), fc.constantFrom('', 'seconds'))
    .chain(([stem, help, type, anyUnit]): fc.Arbitrary<Family> => {
      const unit = type === 'info' || type === 'stateset' ? '' : anyUnit
      const name = unit === '' ? stem : `${stem}_${unit}`
      return fc
        .uniqueArray(anyMetric(type, name), { selector: ({ labels }) => JSON.stringify(labels.sort()), maxLength: 4 })
        .map((metrics) => ({
          name: type === 'counter' ? `${name}_total` : name,
          type,
          help,
          unit,
          samples: metrics.flatMap(({ labels, history }) =>
            history.flatMap(({ timestampMs, point }) =>
              point.map((sample) => ({
                ...sample,
                labels: { ...toLabels(labels), ...sample.labels },
                ...(timestampMs !== undefined && { timestampMs }),
              })),
            ),
          ),
        }))
    })

  it('comes back as it was', () => {
    const selector = ({ name }: Family): string => name.replace(/_total$/, '')
    expectRoundTrip(fc.uniqueArray(anyFamily, { selector, maxLength: 5 }), 'openmetrics')
  })
})

function expectRoundTrip(anyFamilies: fc.Arbitrary<Family[]>, format: ExpositionFormat): void {
  const contentType = format === 'openmetrics' ? OPENMETRICS_CONTENT_TYPE : PROMETHEUS_CONTENT_TYPE
  fc.assert(
    fc.property(anyFamilies, (families) => {
      expect(parseExposition(render({ takenAtMs: 0, families }, format), contentType)).toEqual(families)
    }),
    { numRuns: 300 },
  )
}
