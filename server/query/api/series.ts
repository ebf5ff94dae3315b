// series, labels and label values: which series there are, without their samples.
import type { Labels } from '../../exposition/snapshot'
import { quoteText } from '../../promql/go-quote'
import { compareText } from '../../promql/labels'
import { sortedByLabels } from '../../promql/sort-by-labels'
import { sorted } from '../../sorted'
import type { Select } from '../search'
import { search, selectEach } from '../search'
import type { Answer } from './answer'
import { cut } from './answer'
import { ApiError, badData, invalidParameter } from './api-error'
import { jsonList } from './json-text'
import { unescapeLabelName } from './label-name'
import { readLimit, readSelectors, readTimeSpan } from './parameters'
import type { Question, Sources } from './sources'

/** `match[]`, `start`, `end`, `limit`. */
export async function answerSeries({ form, signal }: Question, { storage }: Sources): Promise<Answer> {
  form.refuseMalformed()
  if (form.all('match[]').length === 0) throw badData('no match[] parameter provided')
  const limit = readLimit(form)
  const span = readTimeSpan(form)
  const selectors = await readSelectors(form, signal).catch((error) => {
    throw error instanceof ApiError ? invalidParameter('match[]', error.message) : error
  })
  function* find(): Generator<void, Labels[]> {
    const found = yield* selectEach(selectors, span, storage.seriesLabels)
    return yield* sortedByLabels(found, (labels) => labels)
  }
  const { list, warnings } = cut(await search(find(), signal), limit)
  return { data: jsonList(list, (labels) => JSON.stringify(labels)), warnings }
}

/** `match[]`, `start`, `end`, `limit`. */
export function answerLabels(question: Question, { storage }: Sources): Promise<Answer> {
  return answerTexts(question, storage.labelNames)
}

/** The values of the label that the path names. `match[]`, `start`, `end`, `limit`. */
export async function answerLabelValues(question: Question, { storage }: Sources): Promise<Answer> {
  const name = unescapeLabelName(question.name)
  if (name === '' || /\ufffd/.test(name)) throw badData(`invalid label name: ${quoteText(name)}`)
  return answerTexts(question, (matchers, fromMs, toMs) => storage.labelValues(name, matchers, fromMs, toMs))
}

/** What is found by each selector, or by everything where there is none. */
async function answerTexts({ form, signal }: Question, select: Select<string>): Promise<Answer> {
  const limit = readLimit(form)
  const span = readTimeSpan(form)
  const selectors = await readSelectors(form, signal)
  function* find(): Generator<void, string[]> {
    const found = yield* selectEach(selectors.length > 0 ? selectors : [[]], span, select)
    return yield* sorted(found, compareText)
  }
  const { list, warnings } = cut(await search(find(), signal), limit)
  return { data: jsonList(list, (text) => JSON.stringify(text)), warnings }
}
