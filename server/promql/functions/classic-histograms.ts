// Classic histograms: the `le` series of a vector, grouped into histograms, each asked at every step.

import type { Labels } from '../../exposition/snapshot'
import { labelValue } from '../../storage/matcher'
import type { Call, Expr } from '../ast'
import { argument } from '../ast'
import type { Column, Values } from '../columns'
import { emptyColumn, isPresent, mergeEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { columnsIn, FlatVector, flatArrays, forEachRow, isFlat } from '../flat-vector'
import { quoteText } from '../go-quote'
import { nameLabel } from '../labels'
import { annotateQuantiles } from '../quantile'
import { areDistinct } from '../rows'
import { bucketFraction } from './bucket-fraction'
import type { Bucket } from './bucket-quantile'
import { bucketQuantile } from './bucket-quantile'
import type { ClassicHistogram } from './histogram-layout'
import { layOutHistograms } from './histogram-layout'

export async function histogramQuantile(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [quantileArg, bucketsArg] = [argument(call, 0), argument(call, 1)]
  const quantiles = await evaluation.scalar(quantileArg)
  annotateQuantiles(quantiles, quantileArg, evaluation)
  return quantilesOf(quantiles, await bucketsOf(bucketsArg, evaluation), bucketsArg, evaluation)
}

/** The quantile of each histogram of `vector`, which `bucketsArg` came to, at each step. */
export function quantilesOf(
  quantiles: Values,
  vector: EvaluatedVector,
  bucketsArg: Expr,
  evaluation: Evaluation,
): Promise<EvaluatedVector> {
  return ofHistograms(vector, bucketsArg, evaluation, (buckets, step, name) => {
    const { forcedMonotonic, value } = bucketQuantile(quantiles[step] ?? 0, buckets)
    if (forcedMonotonic) annotateForced(name, bucketsArg, evaluation)
    return value
  })
}

export async function histogramFraction(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const lowers = await evaluation.scalar(argument(call, 0))
  const uppers = await evaluation.scalar(argument(call, 1))
  const bucketsArg = argument(call, 2)
  return ofHistograms(await bucketsOf(bucketsArg, evaluation), bucketsArg, evaluation, (buckets, step) =>
    bucketFraction(lowers[step] ?? 0, uppers[step] ?? 0, buckets),
  )
}

/** A step of a histogram of many buckets takes microseconds. */
const STEPS_PER_LOOK = 16

/** The vector that holds the buckets, whichever way it is laid out. */
export async function bucketsOf(arg: Expr, evaluation: Evaluation): Promise<EvaluatedVector> {
  const vector = await evaluation.evaluate(arg)
  if (vector.type === 'vector') return vector
  throw new Error(`expected an instant vector, got a ${vector.type}`)
}

/** Asks for a value of each histogram at each step where it has buckets. */
async function ofHistograms(
  vector: EvaluatedVector,
  arg: Expr,
  evaluation: Evaluation,
  valueAt: ValueOfBuckets,
): Promise<EvaluatedVector> {
  if (isFlat(vector)) {
    const flat = await ofFlatHistograms(vector, arg, evaluation, valueAt)
    if (flat) return flat
  }
  const { budget, steps } = evaluation
  const columns = await columnsIn(vector, budget)
  const layout = await layOutHistograms(
    columns.map(({ labels }) => labels),
    budget,
  )
  for (const row of layout.malformed) annotateMalformed(columns[row]?.labels ?? {}, arg, evaluation)
  const results: Column[] = []
  for (const [i, histogram] of layout.histograms.entries()) {
    if (budget.isDue) await budget.pause()
    const column = emptyColumn(layout.labels[i] ?? {}, steps.count, budget)
    for (let step = 0; step < steps.count; step++) {
      if (step % STEPS_PER_LOOK === 0 && budget.isDue) await budget.pause()
      const buckets = bucketsAt(histogram, columns, step)
      if (buckets.length === 0) continue
      column.values[step] = valueAt(buckets, step, histogram.name)
      column.present[step] = 1
    }
    if (isPresent(column)) results.push(column)
  }
  return { type: 'vector', columns: await mergeEqual(results, budget) }
}

export type EvaluatedVector = Extract<Evaluated, { type: 'vector' }>
type ValueOfBuckets = (buckets: Bucket[], step: number, name: string) => number

/** The same at one step; undefined where several histograms differ only in their names. */
async function ofFlatHistograms(
  vector: FlatVector,
  arg: Expr,
  evaluation: Evaluation,
  valueAt: ValueOfBuckets,
): Promise<FlatVector | undefined> {
  const { budget } = evaluation
  const { histograms, labels, malformed } = await layOutHistograms(vector.rows, budget)
  if (!(await areDistinct(labels, budget))) return undefined
  for (const row of malformed) {
    if (vector.present[row] === 1) annotateMalformed(vector.rows[row] ?? {}, arg, evaluation)
  }
  const { present, values } = flatArrays(labels.length, budget)
  await forEachRow(labels, budget, (i) => {
    const histogram = histograms[i]
    const buckets = histogram ? bucketsIn(histogram, vector) : []
    if (!histogram || buckets.length === 0) return
    values[i] = valueAt(buckets, 0, histogram.name)
    present[i] = 1
  })
  return new FlatVector(labels, values, present)
}

function bucketsAt({ buckets }: ClassicHistogram, columns: readonly Column[], step: number): Bucket[] {
  const found: Bucket[] = []
  for (const { bound, row } of buckets) {
    const column = columns[row]
    if (column?.present[step] === 1) found.push({ bound, count: column.values[step] ?? 0 })
  }
  return found
}

function bucketsIn({ buckets }: ClassicHistogram, { present, values }: FlatVector): Bucket[] {
  const found: Bucket[] = []
  for (const { bound, row } of buckets) if (present[row] === 1) found.push({ bound, count: values[row] ?? 0 })
  return found
}

function annotateMalformed(labels: Labels, at: Expr, evaluation: Evaluation): void {
  const [le, name] = [quoteText(labelValue(labels, 'le')), labelValue(labels, nameLabel)]
  const message = `PromQL warning: bucket label "le" is missing or has a malformed value of ${le}${ofMetric(name)}`
  evaluation.annotate('warning', message, at)
}

function annotateForced(name: string, at: Expr, evaluation: Evaluation): void {
  const message = `PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)${ofMetric(name)}`
  evaluation.annotate('info', message, at)
}

/** As of Prometheus 3.7 a remark on what has no name doesn't speak of one. */
function ofMetric(name: string): string {
  return name === '' ? '' : ` for metric name ${quoteText(name)}`
}
