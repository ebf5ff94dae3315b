// The parameters of the Prometheus HTTP API: what they mean, and Prometheus's words for what they can't.
import { parseDuration } from '../../duration'
import { parseGoFloat } from '../../parse-go-float'
import { quoteText } from '../../promql/go-quote'
import { parseMetricSelector } from '../../promql/parse'
import { PromqlError } from '../../promql/promql-error'
import type { Range } from '../../promql/value'
import { compileMatcher } from '../../storage/matcher'
import type { Matcher } from '../../storage/series'
import { search } from '../search'
import { badData, invalidParameter } from './api-error'
import type { Form } from './form'
import { parseGoInteger } from './go-number'
import { parseRfc3339 } from './rfc3339'

const maxSteps = 11_000
/** Each is looked for by itself. */
const maxSelectors = 5_000
/** What a Date can hold; Prometheus's own first and last instants stand for it. */
const farthestMs = 8.64e15
const firstInstant = '-292273086-05-16T16:47:06Z'
const lastInstant = '292277025-08-18T07:12:54.999999999Z'
const longestNs = 2 ** 63

/** Milliseconds since the epoch: all times of an optional `start` and `end`. */
export type TimeSpan = { fromMs: number; toMs: number }

/** A time as seconds since the epoch or RFC 3339, in milliseconds; `fallbackMs` where it is not given. */
export function readTime(form: Form, name: string, fallbackMs: number): number {
  const text = form.get(name)
  if (text === '') return fallbackMs
  const ms = parseTime(text)
  if (ms !== undefined) return ms
  throw invalidParameter(name, `invalid time value for '${name}': cannot parse ${quoteText(text)} to a valid timestamp`)
}

/** `start` and `end`, each of which may be absent. */
export function readTimeSpan(form: Form): TimeSpan {
  return { fromMs: readTime(form, 'start', -farthestMs), toMs: readTime(form, 'end', farthestMs) }
}

/** `start`, `end` and `step` of a range query, within Prometheus's own bounds. */
export function readRange(form: Form): Range {
  const [startMs, endMs] = [requireTime(form, 'start'), requireTime(form, 'end')]
  if (endMs < startMs) throw invalidParameter('end', 'end timestamp must not be before start time')
  const text = form.get('step')
  const stepMs = parseMs(text)
  if (typeof stepMs === 'string') throw invalidParameter('step', stepMs)
  if ((endMs - startMs) / stepMs > maxSteps && stepMs > 0) {
    throw badData(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    )
  }
  if (!(stepMs >= 1)) {
    throw invalidParameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    )
  }
  return { startMs, endMs, stepMs: Math.floor(stepMs) }
}

function requireTime(form: Form, name: string): number {
  const text = form.get(name)
  const ms = parseTime(text)
  if (ms !== undefined) return ms
  throw invalidParameter(name, `cannot parse ${quoteText(text)} to a valid timestamp`)
}

/** `timeout` in milliseconds, or undefined where it is not given. */
export function readTimeout(form: Form): number | undefined {
  const text = form.get('timeout')
  if (text === '') return undefined
  const ms = parseMs(text)
  if (typeof ms === 'string') throw invalidParameter('timeout', ms)
  return ms
}

/** `lookback_delta` in milliseconds; undefined where the default is meant. */
export function readLookback(form: Form): number | undefined {
  const text = form.get('lookback_delta')
  if (text === '') return undefined
  const ms = parseMs(text)
  if (typeof ms === 'string') throw badData(`error parsing lookback delta duration: ${ms}`)
  return ms > 0 ? ms : undefined
}

/** `limit`: at most so many; infinite where all are wanted. */
export function readLimit(form: Form): number {
  const text = form.get('limit')
  if (text === '') return Number.POSITIVE_INFINITY
  const limit = parseGoInteger(text)
  if (typeof limit === 'string') throw invalidParameter('limit', limit)
  if (limit < 0) throw invalidParameter('limit', 'limit must be non-negative')
  return limit === 0 ? Number.POSITIVE_INFINITY : limit
}

/** Another limit, as metadata has them: infinite where it is absent or negative. */
export function readCount(form: Form, name: string): number {
  const text = form.get(name)
  if (text === '') return Number.POSITIVE_INFINITY
  const count = parseGoInteger(text)
  if (typeof count === 'string') throw badData(`${name} must be a number`)
  return count < 0 ? Number.POSITIVE_INFINITY : count
}

/**
 * The selectors of `match[]`. Throws ApiError for one that is malformed or that would select everything, and for too
 * many; PromqlError when `signal` aborts.
 */
export async function readSelectors(form: Form, signal: AbortSignal): Promise<Matcher[][]> {
  const texts = form.all('match[]')
  if (texts.length > maxSelectors) {
    throw badData(`expected at most ${maxSelectors} match[] parameters, got ${texts.length}`)
  }
  return search(parseSelectors(texts), signal)
}

function* parseSelectors(texts: readonly string[]): Generator<void, Matcher[][]> {
  const selectors: Matcher[][] = []
  for (const text of texts) {
    yield
    selectors.push(parseSelector(text))
  }
  for (const matchers of selectors) {
    yield
    if (matchers.some((matcher) => !compileMatcher(matcher).accepts(''))) continue
    throw badData('match[] must contain at least one non-empty matcher')
  }
  return selectors
}

/** Throws ApiError with what is wrong with the selector, and no word on which parameter it is. */
export function parseSelector(text: string): Matcher[] {
  try {
    return parseMetricSelector(text)
  } catch (error) {
    if (error instanceof PromqlError) throw badData(error.message)
    throw error
  }
}

function parseTime(text: string): number | undefined {
  const seconds = parseGoFloat(text)
  if (seconds === undefined) {
    if (text === firstInstant) return -farthestMs
    return text === lastInstant ? farthestMs : parseRfc3339(text)
  }
  const whole = Math.trunc(seconds)
  const ms = whole * 1000 + Math.sign(seconds) * Math.round(Math.abs(seconds - whole) * 1000)
  return Math.abs(ms) <= farthestMs ? ms : undefined
}

/** Seconds or a duration such as 1h30m, in milliseconds; a message where `text` is neither. */
function parseMs(text: string): number | string {
  const refusal = `cannot parse ${quoteText(text)} to a valid duration`
  const seconds = parseGoFloat(text)
  if (seconds !== undefined) {
    return Math.abs(seconds * 1e9) > longestNs ? `${refusal}. It overflows int64` : seconds * 1000
  }
  try {
    return parseDuration(text)
  } catch {
    return refusal
  }
}
