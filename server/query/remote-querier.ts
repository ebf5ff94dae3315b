// Answers from a real Prometheus, or whatever speaks its HTTP API: Thanos, Mimir, VictoriaMetrics.
import { z } from 'zod'
import { BodyTooLong, readBounded } from '../bounded-body'
import { isTimeout, withDeadline } from '../deadline'
import { formatDuration } from '../duration'
import { heapLimitBytes } from '../heap-limit'
import { PromqlError } from '../promql/promql-error'
import { queryTurns } from '../promql/turns'
import type { Engine } from './engine'
import { explainByAsking } from './explain-by-asking'
import type { Querier, SeriesFilter } from './querier'
import { QuerierError } from './querier-error'
import { readJson } from './read-json'
import type { ReadAnswer } from './remote-answer'
import { readExemplars, readLabelSets, readMatrix, readMetadata, readNames, readValue } from './remote-answer'

const TIMEOUT_MS = 10_000
/** While it is read an answer takes about eight times its length: an eighth of the heap at most. */
const HEAP_PARTS = 64
const LONGEST_ANSWER_BYTES = Math.min(32 * 1024 * 1024, Math.floor(heapLimitBytes() / HEAP_PARTS))
/** What is passed on of an error, in characters. */
const LONGEST_ERROR = 2_000

const envelope = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.unknown(),
    warnings: z.array(z.string()).nullish(),
    isPartial: z.boolean().nullish(),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
])

/** Samples that may still be on their way: longer than any delay that servers add. */
const RECENT_MS = 300_000

export function createRemoteQuerier(engine: Engine, timeoutMs = TIMEOUT_MS): Querier {
  const { root } = engine

  function ask<T>(path: string, form: URLSearchParams | null, read: ReadAnswer<T>, caller?: AbortSignal): Promise<T> {
    return withDeadline([caller], timeoutMs, async (signal) => {
      try {
        return await answerOf(path, form, read, signal)
      } catch (error) {
        caller?.throwIfAborted()
        if (!isTimeout(signal.reason)) throw error
        const words = `Prometheus at ${root} did not answer within ${formatDuration(timeoutMs)}`
        throw engine.failed(new QuerierError(words, 504))
      }
    })
  }

  async function answerOf<T>(
    path: string,
    form: URLSearchParams | null,
    read: ReadAnswer<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { status, body } = await fetchWhole(path, form, signal)
    const answer = envelope.safeParse(
      await queryTurns()
        .finish(readJson(body), signal)
        .catch(() => undefined),
    )
    if (!answer.success) {
      const words = `Prometheus at ${root} answered HTTP ${status} with something else than its JSON`
      throw engine.failed(new QuerierError(words))
    }
    if (answer.data.status === 'error') {
      const { errorType, error } = answer.data
      if (errorType === 'bad_data' || errorType === 'execution') throw new PromqlError(shorten(error), 0, 0)
      throw new QuerierError(
        `Prometheus at ${root} answered ${shorten(errorType)}: ${shorten(error)}`,
        errorType === 'timeout' ? 504 : 502,
      )
    }
    engine.answered(partialWords(answer.data))
    return queryTurns()
      .finish(read(answer.data.data), signal)
      .catch((error: unknown) => {
        if (!(error instanceof z.ZodError)) throw error
        const words = shorten(z.prettifyError(error))
        throw new QuerierError(`Prometheus at ${root} answered in an unknown format: ${words}`)
      })
  }

  async function fetchWhole(path: string, form: URLSearchParams | null, signal: AbortSignal) {
    const response = await engine.ask(path, { method: form ? 'POST' : 'GET', body: form, signal })
    try {
      return { status: response.status, body: await readBounded(response.body, LONGEST_ANSWER_BYTES, signal) }
    } catch (error) {
      const reason = error instanceof BodyTooLong ? 'answers too much' : 'broke off its answer'
      throw new QuerierError(
        `Prometheus at ${root} ${reason}: ${shorten(error instanceof Error ? error.message : String(error))}`,
      )
    }
  }

  const querier: Querier = {
    instant(expr, atMs, { signal } = {}) {
      const form = new URLSearchParams({ query: expr, time: String(atMs / 1000), ...freshUntil(atMs) })
      return ask('query', form, readValue, signal)
    },
    range(expr, { startMs, endMs, stepMs }, { signal } = {}) {
      const form = new URLSearchParams({
        query: expr,
        start: String(startMs / 1000),
        end: String(endMs / 1000),
        step: String(stepMs / 1000),
        ...freshUntil(endMs),
      })
      return ask('query_range', form, readMatrix, signal)
    },
    explain: (expr, times, options) => explainByAsking(querier, expr, times, options),
    exemplars(expr, { startMs, endMs }, { signal } = {}) {
      const form = new URLSearchParams({ query: expr, start: String(startMs / 1000), end: String(endMs / 1000) })
      return ask('query_exemplars', form, readExemplars, signal)
    },
    series: (filter) => ask('series', filterForm(filter), readLabelSets),
    labelNames: (filter) => ask('labels', filterForm(filter), readNames),
    labelValues: (name, filter) =>
      ask(`label/${encodeURIComponent(name)}/values?${filterForm(filter)}`, null, readNames),
    metadata: () => ask('metadata', null, readMetadata),
  }
  return querier
}

function filterForm({ selectors, startMs, endMs }: SeriesFilter): URLSearchParams {
  const form = new URLSearchParams({ start: String(startMs / 1000), end: String(endMs / 1000) })
  for (const selector of selectors) form.append('match[]', selector)
  return form
}

/** VictoriaMetrics leaves out what is newer than its `-search.latencyOffset` unless this is said. Others ignore it. */
function freshUntil(endMs: number): { nocache?: string } {
  return endMs > Date.now() - RECENT_MS ? { nocache: '1' } : {}
}

/**
 * What an answer says of what it lacks: VictoriaMetrics's `isPartial`, and the warnings of those that ask several stores. Those
 * about the expression are not that.
 */
function partialWords({
  isPartial,
  warnings,
}: {
  isPartial?: boolean | null
  warnings?: string[] | null
}): string | undefined {
  const missing = warnings?.find((warning) => !warning.startsWith('PromQL '))
  if (missing !== undefined) return shorten(missing)
  return isPartial ? 'a part of its stores did not answer' : undefined
}

function shorten(text: string): string {
  return text.length <= LONGEST_ERROR ? text : `${text.slice(0, LONGEST_ERROR)}…`
}
