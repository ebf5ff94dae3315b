// quantile, stddev, stdvar: how the values of a step are spread.
import { quantileOf } from '../quantile'
import { ofStep } from './group'

export const quantile = ofStep((values, step, { numbers }) => quantileOf(numbers[step] ?? 0, values))
export const stdvar = ofStep(variance)
export const stddev = ofStep((values) => Math.sqrt(variance(values)))

/** The population variance by Welford's method. */
function variance(values: Float64Array): number {
  let mean = values[0] ?? 0
  let squares = Number.isFinite(mean) ? 0 : Number.NaN
  for (let i = 1; i < values.length; i++) {
    const delta = (values[i] ?? 0) - mean
    mean += delta / (i + 1)
    squares += delta * ((values[i] ?? 0) - mean)
  }
  return squares / values.length
}
