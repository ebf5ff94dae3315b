// query and query_range: an expression at one instant, or at the steps of a range.
import type { EvaluateOptions } from '../../promql/engine'
import { evaluateInstantRuns, evaluateRangeColumns } from '../../promql/engine'
import type { Annotation } from '../../promql/evaluation'
import { quoteText } from '../../promql/go-quote'
import { seriesSource } from '../series-source'
import { listAnnotations } from './annotations'
import type { Answer } from './answer'
import { cut } from './answer'
import type { TextPieces } from './json-text'
import { matrixText } from './matrix-text'
import { readLimit, readLookback, readRange, readTime, readTimeout } from './parameters'
import type { Question, Sources } from './sources'
import { valueText } from './value-text'

/** `query`, `time`, `timeout`, `limit`, `lookback_delta`, `stats`. */
export function answerQuery(question: Question, sources: Sources): Promise<Answer> {
  const { form } = question
  const limit = readLimit(form)
  const atMs = readTime(form, 'time', sources.nowMs())
  return answerEvaluation(question, sources, async (options) => {
    const value = await evaluateInstantRuns(seriesSource(sources.storage), form.get('query'), atMs, options)
    if (value.type === 'matrix') {
      const { list, warnings } = cut(value.runs, limit)
      return { text: valueText({ ...value, runs: list }, atMs), warnings }
    }
    if (value.type !== 'vector') return { text: valueText(value, atMs), warnings: [] }
    const { list, warnings } = cut(value.series, limit)
    return { text: valueText({ ...value, series: list }, atMs), warnings }
  })
}

/** `query`, `start`, `end`, `step`, `timeout`, `limit`, `lookback_delta`, `stats`. */
export function answerQueryRange(question: Question, sources: Sources): Promise<Answer> {
  const { form } = question
  const limit = readLimit(form)
  const range = readRange(form)
  return answerEvaluation(question, sources, async (options) => {
    const { columns, steps } = await evaluateRangeColumns(
      seriesSource(sources.storage),
      form.get('query'),
      range,
      options,
    )
    const { list, warnings } = cut(columns, limit)
    return { text: matrixText({ columns: list, steps }), warnings }
  })
}

async function answerEvaluation(
  { form, memory, signal }: Question,
  { gate, settings }: Sources,
  evaluate: (options: EvaluateOptions) => Promise<{ text: TextPieces; warnings: string[] }>,
): Promise<Answer> {
  const timeoutMs = readTimeout(form)
  const lookbackMs = readLookback(form)
  const annotations: Annotation[] = []
  const cost: Cost = { askedMs: performance.now(), begunMs: 0, endedMs: 0, samples: 0 }
  const question = (signal: AbortSignal) => {
    cost.begunMs = performance.now()
    return evaluate({
      features: settings.features,
      lookbackMs,
      maxSamples: settings.maxSamples,
      memory,
      signal,
      onAnnotation: (annotation) => annotations.push(annotation),
      onSamples: (count) => {
        cost.samples = count
      },
    })
  }
  const { text, warnings } = await gate.ask(signal, question, timeoutMs)
  cost.endedMs = performance.now()
  const remarks = listAnnotations(annotations)
  const stats = form.get('stats')
  const data = dataText(text, stats === '' ? undefined : cost)
  return { data, warnings: [...warnings, ...warningsOn(stats), ...remarks.warnings], infos: remarks.infos }
}

/** As of Prometheus 3.14. */
function warningsOn(stats: string): string[] {
  if (['', 'true', 'all'].includes(stats)) return []
  return [`stats value ${quoteText(stats)} is deprecated and will be refused one day: expected "true" or "all"`]
}

type Cost = { askedMs: number; begunMs: number; endedMs: number; samples: number }

function* dataText(value: TextPieces, cost: Cost | undefined): TextPieces {
  yield '{'
  yield* value
  yield cost === undefined ? '}' : `,"stats":${JSON.stringify(statisticsOf(cost))}}`
}

/** Prometheus's own names. It sorts and prepares apart from evaluating, and this engine doesn't. */
function statisticsOf({ askedMs, begunMs, endedMs, samples }: Cost) {
  const evaluated = (endedMs - begunMs) / 1000
  return {
    timings: {
      evalTotalTime: evaluated,
      resultSortTime: 0,
      queryPreparationTime: 0,
      innerEvalTime: evaluated,
      execQueueTime: (begunMs - askedMs) / 1000,
      execTotalTime: evaluated,
    },
    samples: { totalQueryableSamples: samples, samplesRead: samples, peakSamples: samples },
  }
}
