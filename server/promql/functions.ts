// The table of functions: their arguments' types and who evaluates them.
import type { ValueType } from './ast'
import { absent, absentOverTime } from './functions/absence'
import { datePart, dayOfYear, daysInMonth, time, timestamp, year } from './functions/calendar'
import { histogramFraction, histogramQuantile } from './functions/classic-histograms'
import { pi, scalar, vector } from './functions/conversions'
import type { FunctionSpec } from './functions/function-spec'
import { elementwise, windowed } from './functions/function-spec'
import { histogramQuantiles } from './functions/histogram-quantiles'
import { info } from './functions/info'
import { ofNativeHistograms } from './functions/native-histograms'
import { maxOf, minOf, queryEnd, queryRange, queryStart, queryStep, startTimestamp } from './functions/of-the-query'
import * as overTime from './functions/over-time'
import { quantileOverTime } from './functions/quantile-over-time'
import { delta, idelta, increase, irate, rate } from './functions/rates'
import { labelJoin, labelReplace } from './functions/relabelling'
import { clamp, clampMax, clampMin, round } from './functions/rounding'
import { sort, sortByLabel, sortByLabelDesc, sortDesc } from './functions/sorting'
import { deriv, doubleExponentialSmoothing, predictLinear } from './functions/trends'
import { goExp, goLog, goLog2, goLog10 } from './go-math/exponential'
import { goAcosh, goAsinh, goCosh, goSinh, goTanh } from './go-math/hyperbolic'
import { goAcos, goAsin, goAtan, goCos, goSin, goTan } from './go-math/trigonometric'

type Evaluate = FunctionSpec['evaluate']

/** One that Prometheus 3.14 has behind the flag promql-experimental-functions. */
function experimental(spec: FunctionSpec): FunctionSpec {
  return { ...spec, isExperimental: true }
}

/** A function that always gives a vector. */
function toVector(evaluate: Evaluate, args: ValueType[], variadic = 0): FunctionSpec {
  return { args, variadic, returns: 'vector', evaluate }
}

function toScalar(evaluate: Evaluate, args: ValueType[]): FunctionSpec {
  return { args, variadic: 0, returns: 'scalar', evaluate }
}

export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  Object.entries<FunctionSpec>({
    abs: elementwise(Math.abs),
    absent: toVector(absent, ['vector']),
    absent_over_time: toVector(absentOverTime, ['matrix']),
    acos: elementwise(goAcos),
    acosh: elementwise(goAcosh),
    asin: elementwise(goAsin),
    asinh: elementwise(goAsinh),
    atan: elementwise(goAtan),
    atanh: elementwise(Math.atanh),
    avg_over_time: windowed(overTime.avgOverTime),
    ceil: elementwise(Math.ceil),
    changes: windowed(overTime.changes),
    clamp: toVector(clamp, ['vector', 'scalar', 'scalar']),
    clamp_max: toVector(clampMax, ['vector', 'scalar']),
    clamp_min: toVector(clampMin, ['vector', 'scalar']),
    cos: elementwise(goCos),
    cosh: elementwise(goCosh),
    count_over_time: windowed(overTime.countOverTime),
    day_of_month: datePart((date) => date.getUTCDate()),
    day_of_week: datePart((date) => date.getUTCDay()),
    day_of_year: datePart(dayOfYear),
    days_in_month: datePart(daysInMonth),
    deg: elementwise((radians) => (radians * 180) / Math.PI),
    delta: windowed(delta),
    deriv: windowed(deriv),
    double_exponential_smoothing: experimental(windowed(doubleExponentialSmoothing, ['matrix', 'scalar', 'scalar'])),
    end: experimental(toScalar(queryEnd, [])),
    exp: elementwise(goExp),
    first_over_time: windowed(overTime.firstOverTime),
    floor: elementwise(Math.floor),
    histogram_avg: toVector(ofNativeHistograms, ['vector']),
    histogram_count: toVector(ofNativeHistograms, ['vector']),
    histogram_fraction: toVector(histogramFraction, ['scalar', 'scalar', 'vector']),
    histogram_quantile: toVector(histogramQuantile, ['scalar', 'vector']),
    histogram_quantiles: experimental(toVector(histogramQuantiles, ['vector', 'string', 'scalar', 'scalar'], 9)),
    histogram_stddev: toVector(ofNativeHistograms, ['vector']),
    histogram_stdvar: toVector(ofNativeHistograms, ['vector']),
    histogram_sum: toVector(ofNativeHistograms, ['vector']),
    hour: datePart((date) => date.getUTCHours()),
    idelta: windowed(idelta),
    increase: windowed(increase),
    info: experimental(toVector(info, ['vector', 'vector'], 1)),
    irate: windowed(irate),
    label_join: toVector(labelJoin, ['vector', 'string', 'string', 'string'], -1),
    label_replace: toVector(labelReplace, ['vector', 'string', 'string', 'string', 'string']),
    last_over_time: windowed(overTime.lastOverTime),
    ln: elementwise(goLog),
    log10: elementwise(goLog10),
    log2: elementwise(goLog2),
    mad_over_time: experimental(windowed(overTime.madOverTime)),
    max_of: experimental(toScalar(maxOf, ['scalar', 'scalar'])),
    max_over_time: windowed(overTime.maxOverTime),
    min_of: experimental(toScalar(minOf, ['scalar', 'scalar'])),
    min_over_time: windowed(overTime.minOverTime),
    minute: datePart((date) => date.getUTCMinutes()),
    month: datePart((date) => date.getUTCMonth() + 1),
    pi: toScalar(pi, []),
    predict_linear: windowed(predictLinear, ['matrix', 'scalar']),
    present_over_time: windowed(overTime.presentOverTime),
    quantile_over_time: toVector(quantileOverTime, ['scalar', 'matrix']),
    rad: elementwise((degrees) => (degrees * Math.PI) / 180),
    range: experimental(toScalar(queryRange, [])),
    rate: windowed(rate),
    resets: windowed(overTime.resets),
    round: toVector(round, ['vector', 'scalar'], 1),
    scalar: toScalar(scalar, ['vector']),
    sgn: elementwise((value) => (value < 0 ? -1 : value > 0 ? 1 : value)),
    sin: elementwise(goSin),
    sinh: elementwise(goSinh),
    sort: toVector(sort, ['vector']),
    sort_by_label: experimental(toVector(sortByLabel, ['vector', 'string'], -1)),
    sort_by_label_desc: experimental(toVector(sortByLabelDesc, ['vector', 'string'], -1)),
    sort_desc: toVector(sortDesc, ['vector']),
    sqrt: elementwise(Math.sqrt),
    start: experimental(toScalar(queryStart, [])),
    start_timestamp: toVector(startTimestamp, ['vector']),
    stddev_over_time: windowed(overTime.stddevOverTime),
    stdvar_over_time: windowed(overTime.stdvarOverTime),
    step: experimental(toScalar(queryStep, [])),
    sum_over_time: windowed(overTime.sumOverTime),
    tan: elementwise(goTan),
    tanh: elementwise(goTanh),
    time: toScalar(time, []),
    timestamp: toVector(timestamp, ['vector']),
    ts_of_first_over_time: experimental(windowed(overTime.tsOfFirstOverTime)),
    ts_of_last_over_time: experimental(windowed(overTime.tsOfLastOverTime)),
    ts_of_max_over_time: experimental(windowed(overTime.tsOfMaxOverTime)),
    ts_of_min_over_time: experimental(windowed(overTime.tsOfMinOverTime)),
    vector: toVector(vector, ['scalar']),
    year: datePart(year),
  }),
)
