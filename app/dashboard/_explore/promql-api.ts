// Asks the Prometheus HTTP API of the page's own server: a range or one instant, with what the answer cost.
import type { LiveSeries } from '../_live/live-board'

/** Points of all series of an answer together, and series of an instant: what a browser reads and keeps in a second. */
const MOST_POINTS = 400_000
const MOST_ROWS = 10_000
/** Of the words of an answer that isn't the API's. */
const LONGEST_WORDS = 300

export type Labels = Readonly<Record<string, string>>

export type Remarks = {
  warnings: readonly string[]
  infos: readonly string[]
  cost: Cost
  /** There are more series than were asked for. */
  isCut: boolean
}

/** `samples` and `seconds` are what the server says, if it does; `tookMs` is until the answer was read here. */
export type Cost = { series: number; samples: number | undefined; seconds: number | undefined; tookMs: number }

/** `series` are aligned with the steps of the range that was asked. */
export type RangeAnswer = Remarks & { series: readonly LiveSeries[] }

/** A value at its time; a range of them where the expression is a range selector; a text for a string. */
export type InstantRow = {
  labels: Labels
  value: number | string | readonly (readonly [timeMs: number, value: number])[]
}
export type InstantAnswer = Remarks & { type: string; rows: readonly InstantRow[] }

/** A refusal in the server's words. `status` is 0 where nobody has answered. */
export class AskError extends Error {
  override readonly name = 'AskError'

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
  }
}

export type Steps = { startMs: number; endMs: number; stepMs: number }

/** `api` is the path of the door, such as `/prometheus`. Rejects with an AskError; aborts with the signal's reason. */
export async function askRange(api: string, expr: string, steps: Steps, signal: AbortSignal): Promise<RangeAnswer> {
  const { startMs, endMs, stepMs } = steps
  const count = Math.floor((endMs - startMs) / stepMs) + 1
  const limit = Math.max(1, Math.floor(MOST_POINTS / count))
  const form = { query: expr, start: startMs / 1000, end: endMs / 1000, step: stepMs / 1000, limit }
  const { data, ...remarks } = await ask<MatrixData>(`${api}/api/v1/query_range`, form, signal)
  const series = data.result.slice(0, limit).map(({ metric, values }): LiveSeries => {
    const aligned = new Array<number | null>(count).fill(null)
    for (const [seconds, value] of values) aligned[Math.round((seconds * 1000 - startMs) / stepMs)] = toNumber(value)
    return { key: JSON.stringify(Object.entries(metric).sort()), labels: metric, values: aligned }
  })
  return { ...remarks, series }
}

/** The same of one instant; without `atMs`, of the server's now. */
export async function askInstant(
  api: string,
  expr: string,
  atMs: number | undefined,
  signal: AbortSignal,
): Promise<InstantAnswer> {
  const form = { query: expr, limit: MOST_ROWS, ...(atMs !== undefined && { time: atMs / 1000 }) }
  const { data, ...remarks } = await ask<InstantData>(`${api}/api/v1/query`, form, signal)
  const rows = toRows(data)
  return { ...remarks, cost: { ...remarks.cost, series: rows.length }, type: data.resultType, rows }
}

type Point = [seconds: number, value: string]
type MatrixData = { resultType: 'matrix'; result: { metric: Labels; values: Point[] }[] }
type InstantData =
  | MatrixData
  | { resultType: 'vector'; result: { metric: Labels; value: Point }[] }
  | { resultType: 'scalar' | 'string'; result: Point }
type Statistics = { timings?: { execTotalTime?: number }; samples?: { totalQueryableSamples?: number } }
type Success<Value> = {
  data: Value & { stats?: Statistics }
  warnings?: string[]
  infos?: string[]
}

function toRows(data: InstantData): InstantRow[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: toNumber(value) }))
    case 'matrix':
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        value: values.map(([seconds, value]) => [seconds * 1000, toNumber(value)] as const),
      }))
    case 'scalar':
      return [{ labels: {}, value: toNumber(data.result[1]) }]
    case 'string':
      return [{ labels: {}, value: data.result[1] }]
  }
}

/** As Prometheus spells them. */
function toNumber(text: string): number {
  return /^[+-]Inf$/.test(text) ? Number(`${text}inity`) : Number(text)
}

async function ask<Value extends { result: readonly unknown[] }>(
  url: string,
  form: Readonly<Record<string, string | number>>,
  signal: AbortSignal,
): Promise<{ data: Value } & Remarks> {
  const beganMs = performance.now()
  // Not `all`: a Prometheus would list the samples of each step.
  const body = new URLSearchParams({ stats: 'true' })
  for (const [name, value] of Object.entries(form)) body.set(name, `${value}`)
  const response = await fetch(url, { method: 'POST', body, signal }).catch((error: unknown) => {
    throw signal.aborted ? error : new AskError('The server does not answer.', 0)
  })
  if (!response.ok) throw await toAskError(response)
  const { data, warnings = [], infos = [] }: Success<Value> = await response.json()
  const { samples, timings } = data.stats ?? {}
  const cost: Cost = {
    series: data.result.length,
    samples: samples?.totalQueryableSamples,
    seconds: timings?.execTotalTime,
    tookMs: performance.now() - beganMs,
  }
  const isCut = warnings.includes(TRUNCATED)
  return { data, warnings: warnings.filter((warning) => warning !== TRUNCATED), infos, cost, isCut }
}

/** Prometheus's words where there are more series than `limit`. */
const TRUNCATED = 'results truncated due to limit'

async function toAskError(response: Response): Promise<AskError> {
  const text = await response.text().catch(() => '')
  return new AskError(readError(text) ?? (text.slice(0, LONGEST_WORDS) || response.statusText), response.status)
}

/** `{"status":"error","error":"…"}` */
function readError(text: string): string | undefined {
  try {
    const found: unknown = JSON.parse(text)
    const error = typeof found === 'object' && found !== null && 'error' in found ? found.error : undefined
    return typeof error === 'string' ? error : undefined
  } catch {
    return undefined
  }
}
