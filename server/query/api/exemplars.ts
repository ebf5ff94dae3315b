// query_exemplars: the exemplars of all series that an expression looks at.

import type { Features } from '../../features'
import { formatSampleValue } from '../../promql/go-float'
import { parseExpr } from '../../promql/parse'
import { PromqlError } from '../../promql/promql-error'
import { selectorsOf } from '../../promql/selectors-of'
import { sortedByLabels } from '../../promql/sort-by-labels'
import type { ExemplarSeries, StoredExemplar } from '../../storage/exemplar-storage'
import type { Matcher } from '../../storage/series'
import { search } from '../search'
import type { Answer } from './answer'
import { badData } from './api-error'
import type { Form } from './form'
import { jsonList } from './json-text'
import { readTimeSpan } from './parameters'
import type { Question, Sources } from './sources'

/** `query`, `start`, `end`. Undefined where the expression has no selector: Prometheus answers 204 then. */
export async function answerExemplars(
  { form, signal }: Question,
  { exemplars, settings }: Sources,
): Promise<Answer | undefined> {
  const { fromMs, toMs } = readTimeSpan(form)
  if (toMs < fromMs) throw badData('end timestamp must not be before start timestamp')
  const selectors = readExprSelectors(form, settings.features)
  if (selectors.length === 0) return undefined
  function* find(): Generator<void, ExemplarSeries[]> {
    return yield* sortedByLabels(yield* exemplars.select(selectors, fromMs, toMs), ({ labels }) => labels)
  }
  const found = await search(find(), signal)
  return {
    data: jsonList(found, (series) =>
      JSON.stringify({ seriesLabels: series.labels, exemplars: series.exemplars.map(toJson) }),
    ),
  }
}

function readExprSelectors(form: Form, features: Features): Matcher[][] {
  try {
    return selectorsOf(parseExpr(form.get('query'), features))
  } catch (error) {
    throw error instanceof PromqlError ? badData(error.message) : error
  }
}

function toJson({ labels, timestampMs, value }: StoredExemplar) {
  return { labels, value: formatSampleValue(value), timestamp: timestampMs / 1000 }
}
