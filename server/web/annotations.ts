// GET and POST of /api/annotations, in Grafana's shape: notes of what happened, which every chart over time shows.
import { BodyRefused, readRequestBody } from '../bounded-body'
import { formatDuration } from '../duration'
import { env } from '../env'
import type { Annotation } from '../instrument/annotations'
import {
  ANNOTATION_METRIC,
  AnnotationRefused,
  addAnnotation,
  newAnnotations,
  toAnnotation,
} from '../instrument/annotations'
import { PromqlError } from '../promql/promql-error'
import { QuerierError } from '../query/querier-error'
import { processContext } from '../trpc/context'
import { crossOriginRefusal } from './cross-origin'

const LONGEST_BODY_BYTES = 16 * 1024
const BODY_TIMEOUT_MS = 10_000
/** Of a list, unless `limit` says otherwise. */
const LISTED = 100
const MOST_LISTED = 5_000
const NO_ORIGINS: ReadonlySet<string> = new Set()

/** Answers whoever has come through the door. A page of another origin may not write, whatever it may read. */
export async function answerAnnotations(request: Request): Promise<Response> {
  try {
    if (request.method === 'GET' || request.method === 'HEAD') return answer(200, await list(request))
    if (request.method !== 'POST') {
      return answer(405, { message: `expected GET or POST, got ${request.method}` }, { Allow: 'GET, HEAD, POST' })
    }
    return answer(200, await add(request))
  } catch (error) {
    if (error instanceof AnnotationRefused) {
      const { message, retryAfterSeconds: seconds, status } = error
      return answer(status, { message }, seconds === undefined ? {} : { 'Retry-After': `${seconds}` })
    }
    if (error instanceof BodyRefused) return answer(error.status, { message: error.message })
    if (error instanceof PromqlError || error instanceof QuerierError) return answer(503, { message: error.message })
    throw error
  }
}

async function add(request: Request): Promise<{ id: number; message: string }> {
  const foreign = crossOriginRefusal(request, 'data', NO_ORIGINS)
  if (foreign !== undefined)
    throw new AnnotationRefused(403, 'expected a note of a program, or of a page of this origin')
  const type = request.headers.get('content-type') ?? ''
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') {
    throw new AnnotationRefused(
      415,
      `expected application/json as the Content-Type, got ${JSON.stringify(type.slice(0, 100))}`,
    )
  }
  const body = await readRequestBody(request, LONGEST_BODY_BYTES, BODY_TIMEOUT_MS)
  const { id } = addAnnotation(parse(body.toString('utf8')))
  return { id, message: 'Annotation added' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AnnotationRefused(400, `expected JSON: ${error instanceof Error ? error.message : error}`)
  }
}

/** `time` in milliseconds, as it was posted. */
type Listed = Omit<Annotation, 'timeMs'> & { time: number }

/** The newest first: those that are stored, and those that will be with the next scrape. */
async function list(request: Request): Promise<Listed[]> {
  const { searchParams } = new URL(request.url)
  const [from, to] = [wholeNumber(searchParams, 'from', 0), wholeNumber(searchParams, 'to', Number.MAX_SAFE_INTEGER)]
  const limit = Math.min(wholeNumber(searchParams, 'limit', LISTED), MOST_LISTED)
  const tags = searchParams.getAll('tags')
  const byId = new Map((await stored(request)).map((note) => [note.id, note]))
  for (const note of newAnnotations()) byId.set(note.id, note)
  return [...byId.values()]
    .filter((note) => note.timeMs >= from && note.timeMs <= to && tags.every((tag) => note.tags.includes(tag)))
    .sort((a, b) => b.timeMs - a.timeMs || b.id - a.id)
    .slice(0, limit)
    .map(({ id, timeMs, text, tags }) => ({ id, time: timeMs, text, tags }))
}

async function stored(request: Request): Promise<Annotation[]> {
  const { gate, querier } = processContext()
  const { queryMaxSamples, retentionMs } = env()
  const expr = `last_over_time(${ANNOTATION_METRIC}[${formatDuration(retentionMs)}])`
  const value = await gate.ask(request.signal, (signal) =>
    querier.instant(expr, Date.now(), { signal, maxSamples: queryMaxSamples }),
  )
  if (value.type !== 'vector') return []
  return value.series.flatMap(({ labels, value }) => toAnnotation(labels, value) ?? [])
}

/** Throws Refused for what is no whole number. */
function wholeNumber(searchParams: URLSearchParams, name: string, unset: number): number {
  const text = searchParams.get(name)
  if (text === null || text === '') return unset
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new AnnotationRefused(400, `${name}: expected a whole number, got ${JSON.stringify(text.slice(0, 100))}`)
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}
