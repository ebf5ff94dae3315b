import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLabels } from './arbitrary-text'
import { isSameMetric, MetricSet } from './metric-set'
import { Series } from './series'
import type { Labels } from './snapshot'

const few = fc.constantFrom('', 'a', 'b', 'le', '__proto__')
const anyLabels = fc.uniqueArray(fc.tuple(few, few), { selector: ([name]) => name }).map(toLabels)
const anySeries = fc.record({ labels: anyLabels, without: few })

/** The labels of a metric in an order of their own. */
function metricOf(labels: Labels, without: string): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== without)
      .sort(),
  )
}

describe('MetricSet', () => {
  it.each([
    ['with hashes as they are', (series: Series) => series],
    ['where all hashes are the same', (series: Series) => Object.assign(series, { metricHash: () => 7 })],
    ['where hashes are 0 or 1', (series: Series) => Object.assign(series, { metricHash: () => series.raw.length % 2 })],
  ])('takes each metric once, %s', (_, changed) => {
    fc.assert(
      fc.property(fc.array(anySeries), (all) => {
        const metrics = new MetricSet()
        const known = new Set<string>()
        for (const { labels, without } of all) {
          const metric = metricOf(labels, without)
          expect(metrics.add(changed(new Series(metric, 'x', labels)), without)).toBe(!known.has(metric))
          known.add(metric)
        }
      }),
    )
  })
})

describe('isSameMetric', () => {
  it('compares the labels but for one of each', () => {
    fc.assert(
      fc.property(anySeries, anySeries, (one, other) => {
        const same = isSameMetric(
          new Series('', '', one.labels),
          one.without,
          new Series('', '', other.labels),
          other.without,
        )
        expect(same).toBe(metricOf(one.labels, one.without) === metricOf(other.labels, other.without))
      }),
    )
  })
})
