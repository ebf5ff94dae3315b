// What OpenMetrics 1.0 allows in a family of each type: the names of its samples, their labels and their values.
import type { MetricType } from './snapshot'

/** The samples of one name. */
export type Part = {
  /** The label that tells them apart within one metric. A stateset has the one that is called like the family. */
  label?: 'le' | 'quantile' | 'state'
  /** The label that they must not have, since others of the family have it. */
  without?: 'le' | 'quantile'
  hasExemplars?: true
  /** What a value must be, said only of one that isn't. */
  fault(value: number): string | undefined
}

/** By suffix. The empty one is the family's own name. */
export type Parts = Readonly<Record<string, Part>>

const anyValue = (): undefined => undefined
const notNaN = (value: number) => (Number.isNaN(value) ? 'must not be NaN' : undefined)
const aCount = (value: number) =>
  Number.isInteger(value) && value >= 0 ? undefined : 'must be a whole number from 0 up'
const aTotal = (value: number) => (value >= 0 ? undefined : 'must be neither negative nor NaN')
const notNegative = (value: number) => (value < 0 ? 'must not be negative' : undefined)
const aTime = (value: number) => (Number.isFinite(value) ? undefined : 'must be a time in seconds')
const one = (value: number) => (value === 1 ? undefined : 'must be 1')
const zeroOrOne = (value: number) => (value === 0 || value === 1 ? undefined : 'must be 0 or 1')

const bucket: Part = { label: 'le', hasExemplars: true, fault: aCount }

export const PARTS: Readonly<Record<MetricType, Parts>> = {
  counter: { _total: { hasExemplars: true, fault: aTotal }, _created: { fault: aTime } },
  gauge: { '': { fault: anyValue } },
  histogram: {
    _bucket: bucket,
    _count: { without: 'le', fault: aCount },
    _sum: { without: 'le', fault: aTotal },
    _created: { without: 'le', fault: aTime },
  },
  gaugehistogram: {
    _bucket: bucket,
    _gcount: { without: 'le', fault: aCount },
    _gsum: { without: 'le', fault: notNaN },
  },
  summary: {
    '': { label: 'quantile', fault: notNegative },
    _count: { without: 'quantile', fault: aCount },
    _sum: { without: 'quantile', fault: aTotal },
    _created: { without: 'quantile', fault: aTime },
  },
  info: { _info: { fault: one } },
  stateset: { '': { label: 'state', fault: zeroOrOne } },
  unknown: { '': { fault: anyValue } },
}
