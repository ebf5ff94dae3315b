// histogram_quantiles: several quantiles of each classic histogram at once.
import { formatCanonical } from '../../exposition/number'
import type { Call } from '../ast'
import { argument, malformedText } from '../ast'
import type { Budget } from '../budget'
import type { Column, NewColumn, Values } from '../columns'
import { emptyColumn, mergeEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { columnsIn } from '../flat-vector'
import { quoteText } from '../go-quote'
import { LABELS_BYTES, withLabel } from '../labels'
import { PromqlError } from '../promql-error'
import { annotateQuantiles } from '../quantile'
import { bucketsOf, quantilesOf } from './classic-histograms'

/** One result for each of the quantiles, told apart by a label that says which. */
export async function histogramQuantiles(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [bucketsArg, labelArg] = [argument(call, 0), argument(call, 1)]
  const label = evaluation.string(labelArg)
  const malformed = malformedText(labelArg)
  if (label === '' || malformed !== undefined) {
    const named = malformed ?? quoteText(label)
    throw new PromqlError(`invalid label name ${named} in histogram_quantiles()`, call.from, call.to)
  }
  const { budget } = evaluation
  const vector = await bucketsOf(bucketsArg, evaluation)
  const results: Column[] = []
  for (const quantileArg of call.args.slice(2)) {
    const quantiles = await evaluation.scalar(quantileArg)
    annotateQuantiles(quantiles, quantileArg, evaluation)
    const ofOne = await quantilesOf(quantiles, vector, bucketsArg, evaluation)
    for (const column of await columnsIn(ofOne, budget)) {
      if (budget.isDue) await budget.pause()
      results.push(...labelledByStep(column, label, quantiles, budget))
    }
  }
  return { type: 'vector', columns: await mergeEqual(results, budget) }
}

/** The label is written as those of summaries are. A quantile may differ from step to step, and then so does the label. */
function labelledByStep(column: Column, label: string, quantiles: Values, budget: Budget): Column[] {
  const labelled = new Map<string, NewColumn>()
  for (let step = 0; step < column.present.length; step++) {
    if (column.present[step] !== 1) continue
    const text = formatCanonical(quantiles[step] ?? 0)
    let into = labelled.get(text)
    if (!into) {
      budget.hold(LABELS_BYTES)
      into = emptyColumn(withLabel(column.labels, label, text), column.values.length, budget)
      labelled.set(text, into)
    }
    into.values[step] = column.values[step] ?? 0
    into.present[step] = 1
  }
  return [...labelled.values()]
}
