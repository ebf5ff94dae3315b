// The table of functions: their arguments' types and who evaluates them.
import { histogramQuantile } from './functions/classic-histograms'
import type { FunctionSpec } from './functions/function-spec'
import { windowed } from './functions/function-spec'
import { delta, idelta, increase, irate, rate } from './functions/rates'

export const functions: ReadonlyMap<string, FunctionSpec> = new Map<string, FunctionSpec>([
  ['rate', windowed(rate)],
  ['increase', windowed(increase)],
  ['delta', windowed(delta)],
  ['irate', windowed(irate)],
  ['idelta', windowed(idelta)],
  ['histogram_quantile', { args: ['scalar', 'vector'], variadic: 0, returns: 'vector', evaluate: histogramQuantile }],
])
