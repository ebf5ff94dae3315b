// The <aggregation>_over_time family, and what else counts samples of a window.
import { kahanAdd, kahanMean } from '../kahan'
import { quantileOf } from '../quantile'
import type { ExtendedFunction, WindowedSpec } from '../windows'

/** A function of the values of a window, all of them. */
function ofValues(valueAt: (values: Float64Array, lo: number, hi: number) => number): WindowedSpec {
  return { minSamples: 1, begin: (run) => (lo, hi) => valueAt(run.values, lo, hi) }
}

/** The same, from the sample before the window on where that is asked for. */
function anchorable(valueAt: (values: Float64Array, lo: number, hi: number) => number): WindowedSpec {
  const anchored: ExtendedFunction = ({ values }, { first, last }) => valueAt(values, first, last + 1)
  return { ...ofValues(valueAt), extended: { anchored } }
}

/** A function of the time of one sample of a window, in seconds. */
function ofTime(indexOf: (values: Float64Array, lo: number, hi: number) => number): WindowedSpec {
  return { minSamples: 1, begin: (run) => (lo, hi) => (run.timesMs[indexOf(run.values, lo, hi)] ?? 0) / 1000 }
}

export const countOverTime = ofValues((_, lo, hi) => hi - lo)
export const presentOverTime = ofValues(() => 1)
export const lastOverTime: WindowedSpec = { ...ofValues((values, _, hi) => values[hi - 1] ?? 0), keepsName: true }
export const firstOverTime: WindowedSpec = { ...ofValues((values, lo) => values[lo] ?? 0), keepsName: true }
export const sumOverTime = ofValues((values, lo, hi) => {
  const running = { sum: 0, compensation: 0 }
  for (let i = lo; i < hi; i++) kahanAdd(running, values[i] ?? 0)
  return Math.abs(running.sum) === Number.POSITIVE_INFINITY ? running.sum : running.sum + running.compensation
})
export const avgOverTime = ofValues((values, lo, hi) => kahanMean(hi - lo, (i) => values[lo + i] ?? 0))
export const minOverTime = ofValues((values, lo, hi) => values[extremeIndex(values, lo, hi, (a, b) => a < b)] ?? 0)
export const maxOverTime = ofValues((values, lo, hi) => values[extremeIndex(values, lo, hi, (a, b) => a > b)] ?? 0)
export const stdvarOverTime = ofValues(variance)
export const stddevOverTime = ofValues((values, lo, hi) => Math.sqrt(variance(values, lo, hi)))
/** NaN where one of the values is. */
export const madOverTime = ofValues((values, lo, hi) => {
  for (let i = lo; i < hi; i++) if (Number.isNaN(values[i])) return Number.NaN
  const median = quantileOf(0.5, values.slice(lo, hi))
  const deviations = values.slice(lo, hi).map((value) => Math.abs(value - median))
  return quantileOf(0.5, deviations)
})

export const tsOfMinOverTime = ofTime((values, lo, hi) => extremeIndex(values, lo, hi, (a, b) => a <= b))
export const tsOfMaxOverTime = ofTime((values, lo, hi) => extremeIndex(values, lo, hi, (a, b) => a >= b))
export const tsOfFirstOverTime = ofTime((_, lo) => lo)
export const tsOfLastOverTime = ofTime((_, __, hi) => hi - 1)

/** How often the value was another than before; NaN after NaN is no change. */
export const changes = anchorable((values, lo, hi) => {
  let count = 0
  for (let i = lo + 1; i < hi; i++) {
    const value = values[i] ?? 0
    const before = values[i - 1] ?? 0
    if (value !== before && !(Number.isNaN(value) && Number.isNaN(before))) count++
  }
  return count
})

/** How often the value went down. */
export const resets = anchorable((values, lo, hi) => {
  let count = 0
  for (let i = lo + 1; i < hi; i++) if ((values[i] ?? 0) < (values[i - 1] ?? 0)) count++
  return count
})

/** Where the value is that is better than all others; NaN only where there is nothing else. */
function extremeIndex(values: Float64Array, lo: number, hi: number, isBetter: (a: number, b: number) => boolean) {
  let index = lo
  for (let i = lo + 1; i < hi; i++) {
    const best = values[index] ?? 0
    if (isBetter(values[i] ?? 0, best) || Number.isNaN(best)) index = i
  }
  return index
}

/** The population variance by Welford's method, its sums compensated. */
function variance(values: Float64Array, lo: number, hi: number): number {
  const mean = { sum: 0, compensation: 0 }
  const squares = { sum: 0, compensation: 0 }
  for (let i = lo; i < hi; i++) {
    const value = values[i] ?? 0
    const delta = value - (mean.sum + mean.compensation)
    kahanAdd(mean, delta / (i - lo + 1))
    kahanAdd(squares, delta * (value - (mean.sum + mean.compensation)))
  }
  return (squares.sum + squares.compensation) / (hi - lo)
}
