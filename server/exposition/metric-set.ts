// The metrics of one family, told apart by their labels.
import { HashIndex } from './hash-index'
import { labelOf } from './labels'
import type { Series } from './series'
import type { Labels } from './snapshot'

/** A metric is a series without the label that tells its samples apart: a bucket without `le`. */
type Metric = { series: Series; without: string }

/** Tells them apart by hashes, and once two are the same, by the labels themselves. */
export class MetricSet {
  private readonly hashes = new HashIndex()
  private readonly metrics: Metric[] = []
  private keys: Set<string> | undefined

  /** Takes up the metric of this series. Answers false where it was there already. */
  add(series: Series, without: string): boolean {
    const hash = series.metricHash(without)
    if (this.keys === undefined && !this.hashes.hasLost && this.hashes.find(hash) === -1) {
      this.hashes.set(hash, this.metrics.length)
      this.metrics.push({ series, without })
      return true
    }
    this.keys ??= new Set(this.metrics.map((metric) => metricKey(metric.series.labels, metric.without)))
    const { size } = this.keys
    return this.keys.add(metricKey(series.labels, without)).size > size
  }
}

/** Whether two series of a family belong to the same metric. */
export function isSameMetric(one: Series, withoutOne: string, other: Series, withoutOther: string): boolean {
  if (one.metricHash(withoutOne) !== other.metricHash(withoutOther)) return false
  if (one === other) return true
  let count = 0
  for (const name in one.labels) {
    if (name === withoutOne) continue
    if (name === withoutOther || labelOf(other.labels, name) !== one.labels[name]) return false
    count++
  }
  for (const name in other.labels) if (name !== withoutOther) count--
  return count === 0
}

/** The same text for the same labels, in whatever order they came, leaving out one of them. */
export function metricKey(labels: Labels, without: string): string {
  let key = ''
  for (const name of Object.keys(labels).sort()) {
    const value = labelOf(labels, name) ?? ''
    if (name !== without) key += `${name.length}:${name}${value.length}:${value}`
  }
  return key
}
