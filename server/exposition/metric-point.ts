// The samples of one metric at one time, which must fit together (OpenMetrics 1.0, "Metric Types").
import { parseFloatIn } from './parse-number'
import type { MetricType, Sample } from './snapshot'

/** Says what is wrong with it, in words that follow the name of the sample or the metric, or undefined. */
type Fault = string | undefined

export class MetricPoint {
  /** Suffixes, quantiles, states: what may be there only once. Mostly there is one. */
  private firstSeen: string | undefined
  private readonly seen = new Set<string>()
  private bound = Number.NaN
  private bucketCount = 0
  private hasNegativeBound = false
  private count: number | undefined
  private sum: number | undefined

  constructor(private readonly type: MetricType) {}

  clear(): void {
    if (this.seen.size > 0) this.seen.clear()
    this.firstSeen = undefined
    this.bound = Number.NaN
    this.bucketCount = 0
    this.hasNegativeBound = false
    this.count = undefined
    this.sum = undefined
  }

  /** Takes up a sample. `distinction` is what tells it from others of the same name: its bound, quantile or state. */
  add(suffix: string, distinction: string, sample: Sample): Fault {
    if (suffix === '_bucket') return this.addBucket(distinction, sample)
    let id = suffix + distinction
    if (suffix === '' && this.type === 'summary') {
      const quantile = quantileOf(distinction)
      if (quantile === undefined) return 'must have a quantile from 0 to 1'
      id = String(quantile)
    }
    if (this.has(id)) return 'must come only once with the same labels and time'
    if (this.firstSeen === undefined) this.firstSeen = id
    else this.seen.add(id)
    if (suffix === '_count' || suffix === '_gcount') this.count = sample.value
    if (suffix === '_sum' || suffix === '_gsum') this.sum = sample.value
    return undefined
  }

  private has(id: string): boolean {
    return id === this.firstSeen || this.seen.has(id)
  }

  private addBucket(le: string, { value, exemplar }: Sample): Fault {
    const bound = boundOf(le)
    if (Number.isNaN(bound)) return 'must have a number or +Inf in the label le'
    if (bound <= this.bound) return 'must come in increasing order of the label le'
    if (value < this.bucketCount) return 'must not be less than the bucket before it'
    if (exemplar !== undefined && !(exemplar.value <= bound)) return 'must have an exemplar within its bound'
    this.bound = bound
    this.bucketCount = value
    this.hasNegativeBound ||= bound < 0
    return undefined
  }

  /** Whether something is missing, now that all samples are there. */
  faultOfWhole(): Fault {
    if (this.type === 'counter' && !this.has('_total')) return 'must have a total'
    return this.type === 'histogram' || this.type === 'gaugehistogram' ? this.faultOfBuckets() : undefined
  }

  private faultOfBuckets(): Fault {
    const { bound, bucketCount, count, sum, hasNegativeBound } = this
    if (bound !== Number.POSITIVE_INFINITY) return 'must have a bucket +Inf'
    if ((count === undefined) !== (sum === undefined)) return 'must have a sum if and only if it has a count'
    if (count !== undefined && count !== bucketCount) return 'must have the same count as its bucket +Inf'
    if (sum === undefined) return undefined
    if (this.type === 'histogram' && hasNegativeBound) return 'must not have a sum, since a bound is negative'
    return sum < 0 && !hasNegativeBound ? 'must not have a negative sum, since no bound is negative' : undefined
  }
}

/** The quantile that a label's value is, however it is spelled; undefined where it is none. */
function quantileOf(text: string): number | undefined {
  const quantile = parseFloatIn(text, 0, text.length)
  return quantile !== undefined && quantile >= 0 && quantile <= 1 ? quantile : undefined
}

/** The number that `le` is, or NaN. Infinity must be spelled +Inf, other numbers may be spelled as they like. */
function boundOf(le: string): number {
  if (le === '+Inf') return Number.POSITIVE_INFINITY
  const bound = parseFloatIn(le, 0, le.length)
  return bound === undefined || bound === Number.POSITIVE_INFINITY ? Number.NaN : bound
}
