// quantile_over_time: the quantile of a window's values.
import type { Call } from '../ast'
import { argument } from '../ast'
import type { Evaluated, Evaluation } from '../evaluation'
import { annotateQuantiles, quantileOf } from '../quantile'
import type { WindowedSpec } from '../windows'
import { overWindows } from '../windows'

const windowQuantile: WindowedSpec = {
  minSamples: 1,
  begin: ({ values }, _, [quantiles]) => {
    return (lo, hi, step) => quantileOf(quantiles?.[step] ?? 0, values.slice(lo, hi))
  },
}

export async function quantileOverTime(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  annotateQuantiles(await evaluation.scalar(argument(call, 0)), argument(call, 0), evaluation)
  return { type: 'vector', columns: await overWindows(windowQuantile, call, evaluation, 1) }
}
