// Classic histograms: the `le` series of a vector, grouped into histograms, each asked at every step.

import { labelValue } from '../../storage/matcher'
import type { Call, Expr } from '../ast'
import { argument } from '../ast'
import type { Column } from '../columns'
import { emptyColumn, isPresent, mergeEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { quoteText } from '../go-quote'
import { dropLabels, labelsKey, nameLabel, withoutName } from '../labels'
import { annotateQuantiles } from '../quantile'
import { bucketFraction } from './bucket-fraction'
import type { Bucket } from './bucket-quantile'
import { bucketQuantile } from './bucket-quantile'

/** Columns of one histogram, ascending by bound. */
type ClassicHistogram = { labels: Column['labels']; name: string; buckets: { bound: number; column: Column }[] }

export async function histogramQuantile(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [quantileArg, bucketsArg] = [argument(call, 0), argument(call, 1)]
  const quantiles = await evaluation.scalar(quantileArg)
  annotateQuantiles(quantiles, quantileArg, evaluation)
  return ofHistograms(bucketsArg, evaluation, (buckets, step, name) => {
    const { forcedMonotonic, value } = bucketQuantile(quantiles[step] ?? 0, buckets)
    if (forcedMonotonic) annotateForced(name, bucketsArg, evaluation)
    return value
  })
}

export async function histogramFraction(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const lowers = await evaluation.scalar(argument(call, 0))
  const uppers = await evaluation.scalar(argument(call, 1))
  return ofHistograms(argument(call, 2), evaluation, (buckets, step) =>
    bucketFraction(lowers[step] ?? 0, uppers[step] ?? 0, buckets),
  )
}

/** Asks for a value of each histogram at each step where it has buckets. */
async function ofHistograms(
  arg: Expr,
  evaluation: Evaluation,
  valueAt: (buckets: Bucket[], step: number, name: string) => number,
): Promise<Evaluated> {
  const { budget, steps } = evaluation
  const columns: Column[] = []
  for (const histogram of await classicHistograms(arg, evaluation)) {
    if (budget.isDue) await budget.pause()
    const column = emptyColumn(histogram.labels, steps.count)
    // Prometheus knows the metric's name at the first step of a histogram only, when it remarks on it.
    let { name } = histogram
    for (let step = 0; step < steps.count; step++) {
      const buckets = bucketsAt(histogram, step)
      if (buckets.length === 0) continue
      column.values[step] = valueAt(buckets, step, name)
      column.present[step] = 1
      name = ''
    }
    if (isPresent(column)) columns.push(column)
  }
  return { type: 'vector', columns: mergeEqual(columns) }
}

async function classicHistograms(arg: Expr, evaluation: Evaluation): Promise<ClassicHistogram[]> {
  const histograms = new Map<string, ClassicHistogram>()
  for (const column of await evaluation.vector(arg)) {
    const le = labelValue(column.labels, 'le')
    const name = labelValue(column.labels, nameLabel)
    const bound = parseBound(le)
    if (bound === undefined) {
      const quoted = quoteText(le)
      const message = `PromQL warning: bucket label "le" is missing or has a malformed value of ${quoted} for metric name ${quoteText(name)}`
      evaluation.annotate('warning', message, arg)
      continue
    }
    const others = dropLabels(column.labels, ['le'])
    const key = labelsKey(others)
    const histogram = histograms.get(key) ?? { labels: withoutName(others), name, buckets: [] }
    histogram.buckets.push({ bound, column })
    histograms.set(key, histogram)
  }
  for (const { buckets } of histograms.values())
    buckets.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0))
  return [...histograms.values()]
}

function bucketsAt({ buckets }: ClassicHistogram, step: number): Bucket[] {
  const present: Bucket[] = []
  for (const { bound, column } of buckets) {
    if (column.present[step] === 1) present.push({ bound, count: column.values[step] ?? 0 })
  }
  return present
}

/** A bound as Go's ParseFloat reads it; undefined for what is no number. */
function parseBound(le: string): number | undefined {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(le)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(le)) return Number.NaN
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(le) ? Number(le) : undefined
}

function annotateForced(name: string, at: Expr, evaluation: Evaluation): void {
  const message = `PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name ${quoteText(name)}`
  evaluation.annotate('info', message, at)
}
