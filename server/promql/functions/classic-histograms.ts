// Classic histograms: the `le` series of a vector, grouped into histograms, each asked at every step.
import type { Call } from '../ast'
import { argument } from '../ast'
import type { Column } from '../columns'
import { emptyColumn, isPresent, mergeEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { dropLabels, labelsKey, labelValue, nameLabel } from '../labels'
import type { Bucket } from './bucket-quantile'
import { bucketQuantile } from './bucket-quantile'

/** Columns of one histogram, ascending by bound. */
type ClassicHistogram = { labels: Column['labels']; name: string; buckets: { bound: number; column: Column }[] }

export async function histogramQuantile(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const quantiles = await evaluation.scalar(argument(call, 0))
  const columns: Column[] = []
  for (const histogram of await classicHistograms(argument(call, 1), evaluation)) {
    if (evaluation.budget.isDue) await evaluation.budget.pause()
    const column = emptyColumn(histogram.labels, quantiles.length)
    for (const [step, q] of quantiles.entries()) {
      const buckets = bucketsAt(histogram, step)
      if (buckets.length === 0) continue
      const { value, forcedMonotonic } = bucketQuantile(q, buckets)
      if (forcedMonotonic) annotateForced(histogram.name, call, evaluation)
      column.values[step] = value
      column.present[step] = 1
    }
    if (isPresent(column)) columns.push(column)
  }
  return { type: 'vector', columns: mergeEqual(columns) }
}

async function classicHistograms(arg: Call['args'][number], evaluation: Evaluation): Promise<ClassicHistogram[]> {
  const histograms = new Map<string, ClassicHistogram>()
  for (const column of await evaluation.vector(arg)) {
    const le = labelValue(column.labels, 'le')
    const name = labelValue(column.labels, nameLabel)
    const bound = parseBound(le)
    if (bound === undefined) {
      const quoted = JSON.stringify(le)
      const message = `PromQL warning: bucket label "le" is missing or has a malformed value of ${quoted} for metric name ${JSON.stringify(name)}`
      evaluation.annotate('warning', message, arg)
      continue
    }
    const others = dropLabels(column.labels, ['le'])
    const key = labelsKey(others)
    const histogram = histograms.get(key) ?? { labels: dropLabels(others, [nameLabel]), name, buckets: [] }
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

function annotateForced(name: string, call: Call, evaluation: Evaluation): void {
  const message = `PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name ${JSON.stringify(name)}`
  evaluation.annotate('info', message, argument(call, 1))
}
