// Where a gauge is going: linear regression and exponential smoothing.
import { kahanAdd } from '../kahan'
import { PromqlError } from '../promql-error'
import type { WindowedSpec } from '../windows'

/** The slope of a straight line through the window's samples, per second. */
export const deriv: WindowedSpec = {
  minSamples: 2,
  begin: ({ timesMs, values }) => {
    return (lo, hi) => fitLine(timesMs, values, lo, hi, timesMs[lo] ?? 0).slope
  },
}

/** Where that line is, a number of seconds after the step. */
export const predictLinear: WindowedSpec = {
  minSamples: 2,
  begin: ({ timesMs, values }, _, [seconds], { steps }) => {
    return (lo, hi, step) => {
      const { intercept, slope } = fitLine(timesMs, values, lo, hi, steps.startMs + step * steps.stepMs)
      return slope * (seconds?.[step] ?? 0) + intercept
    }
  },
}

/** Holt's linear smoothing. Throws PromqlError for factors that are not between 0 and 1. */
export const doubleExponentialSmoothing: WindowedSpec = {
  minSamples: 2,
  begin: ({ values }, _, [smoothings, trends]) => {
    for (const value of smoothings ?? []) refuseFactor('smoothing factor', 'sf', value)
    for (const value of trends ?? []) refuseFactor('trend factor', 'tf', value)
    return (lo, hi, step) => {
      const smoothing = smoothings?.[step] ?? 0
      const trendFactor = trends?.[step] ?? 0
      let smoothed = values[lo] ?? 0
      let before = 0
      let trend = (values[lo + 1] ?? 0) - smoothed
      for (let i = lo + 1; i < hi; i++) {
        const scaled = smoothing * (values[i] ?? 0)
        if (i > lo + 1) trend = trendFactor * (smoothed - before) + (1 - trendFactor) * trend
        const next = scaled + (1 - smoothing) * (smoothed + trend)
        before = smoothed
        smoothed = next
      }
      return smoothed
    }
  },
}

function refuseFactor(what: string, name: string, value: number): void {
  if (value <= 0 || value >= 1)
    throw new PromqlError(`invalid ${what}. Expected: 0 < ${name} < 1, got: ${value.toFixed(6)}`, 0, 0)
}

/** Least squares, with `originMs` as zero of the times. Equal values are a flat line; infinite ones have none. */
function fitLine(timesMs: Float64Array, values: Float64Array, lo: number, hi: number, originMs: number) {
  const sums = { x: zero(), y: zero(), xy: zero(), x2: zero() }
  const first = values[lo] ?? 0
  let isConstant = true
  for (let i = lo; i < hi; i++) {
    const x = ((timesMs[i] ?? 0) - originMs) / 1000
    const y = values[i] ?? 0
    if (i > lo && y !== first) isConstant = false
    kahanAdd(sums.x, x)
    kahanAdd(sums.y, y)
    kahanAdd(sums.xy, x * y)
    kahanAdd(sums.x2, x * x)
  }
  if (isConstant) return Number.isFinite(first) || Number.isNaN(first) ? { slope: 0, intercept: first } : noLine
  const n = hi - lo
  const [x, y, xy, x2] = [total(sums.x), total(sums.y), total(sums.xy), total(sums.x2)]
  const covariance = xy - (x * y) / n
  const variance = x2 - (x * x) / n
  const slope = covariance / variance
  return { slope, intercept: y / n - (slope * x) / n }
}

const noLine = { slope: Number.NaN, intercept: Number.NaN }
const zero = () => ({ sum: 0, compensation: 0 })
const total = ({ compensation, sum }: { sum: number; compensation: number }) => sum + compensation
