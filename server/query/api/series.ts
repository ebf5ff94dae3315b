// series, labels and label values: which series there are, without their samples.
import type { Labels } from '../../exposition/snapshot'
import { quoteText } from '../../promql/go-quote'
import { compareLabels, compareText } from '../../promql/labels'
import type { Matcher } from '../../storage/series'
import type { Answer } from './answer'
import { cut } from './answer'
import { ApiError, badData, invalidParameter } from './api-error'
import { jsonList } from './json-text'
import { unescapeLabelName } from './label-name'
import type { TimeSpan } from './parameters'
import { readLimit, readSelectors, readTimeSpan } from './parameters'
import type { Question, Sources } from './sources'

/** `match[]`, `start`, `end`, `limit`. */
export function answerSeries({ form }: Question, { storage }: Sources): Answer {
  form.refuseMalformed()
  if (form.all('match[]').length === 0) throw badData('no match[] parameter provided')
  const limit = readLimit(form)
  const span = readTimeSpan(form)
  const selectors = asParameter('match[]', () => readSelectors(form))
  const found = selected<Labels>(selectors, span, storage.seriesLabels)
  const { list, warnings } = cut(found.sort(compareLabels), limit)
  return { data: jsonList(list, (labels) => JSON.stringify(labels)), warnings }
}

/** `match[]`, `start`, `end`, `limit`. */
export function answerLabels({ form }: Question, { storage }: Sources): Answer {
  const limit = readLimit(form)
  const span = readTimeSpan(form)
  const selectors = readSelectors(form)
  return textList(selected(selectors.length > 0 ? selectors : [[]], span, storage.labelNames), limit)
}

/** The values of the label that the path names. `match[]`, `start`, `end`, `limit`. */
export function answerLabelValues({ form, name: escaped }: Question, { storage }: Sources): Answer {
  const name = unescapeLabelName(escaped)
  if (name === '' || /\ufffd/.test(name)) throw badData(`invalid label name: ${quoteText(name)}`)
  const limit = readLimit(form)
  const span = readTimeSpan(form)
  const selectors = readSelectors(form)
  const valuesOf: Select<string> = (matchers, fromMs, toMs) => storage.labelValues(name, matchers, fromMs, toMs)
  return textList(selected(selectors.length > 0 ? selectors : [[]], span, valuesOf), limit)
}

type Select<T> = (matchers: readonly Matcher[], fromMs: number, toMs: number) => T[]

/** What any of the selectors finds, each once. */
function selected<T>(selectors: readonly Matcher[][], { fromMs, toMs }: TimeSpan, select: Select<T>): T[] {
  return [...new Set(selectors.flatMap((matchers) => select(matchers, fromMs, toMs)))]
}

function textList(texts: string[], limit: number): Answer {
  const { list, warnings } = cut(texts.sort(compareText), limit)
  return { data: jsonList(list, (text) => JSON.stringify(text)), warnings }
}

function asParameter<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ApiError ? invalidParameter(name, error.message) : error
  }
}
