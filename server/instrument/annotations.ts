// Notes of what happened, such as a deploy: who runs the app posts them, and the charts show them. Each is a series whose
// value is its time, so that it is stored, scraped and asked for as any other. The words are Grafana's.
import { Gauge } from 'prom-client'
import { z } from 'zod'
import { perProcess } from '../per-process'
import { yieldingRegistry } from './registry'

export const ANNOTATION_METRIC = 'annotation_timestamp_seconds'

const LONGEST_TEXT = 500
const MOST_TAGS = 10
const LONGEST_TAG = 50
const MOST_A_MINUTE = 30
/** How long a note is among the metrics: every scraper comes by in that time. The storages keep it after that. */
const EXPOSED_MS = 5 * 60_000
const MINUTE_MS = 60_000
/** The year 2000: a time before it is one in seconds. */
const LEAST_TIME_MS = 946_684_800_000
/** A clock elsewhere may be a little ahead. */
const MOST_AHEAD_MS = MINUTE_MS

/** `id` is a whole number that no other note has, also of an earlier process. */
export type Annotation = { id: number; timeMs: number; text: string; tags: string[] }

/** Why a note was not taken, in words and as an HTTP status. */
export class AnnotationRefused extends Error {
  override readonly name = 'AnnotationRefused'

  constructor(
    readonly status: 400 | 403 | 415 | 429,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
}

type Held = Annotation & { addedMs: number }

/** What came in the last minutes, in the order in which it came. */
const held = (): Held[] => perProcess('annotations', () => [])

const expected = (what: string) => ({ error: `expected ${what}` })
const TEXT = `a text of 1 to ${LONGEST_TEXT} characters`
const TAGS = `at most ${MOST_TAGS} tags of 1 to ${LONGEST_TAG} characters, without commas`
const TIME = 'a time in milliseconds since 1970'

const note = z.object(
  {
    text: z.string(expected(TEXT)).trim().min(1, expected(TEXT)).max(LONGEST_TEXT, expected(TEXT)),
    tags: z
      .array(
        z
          .string(expected(TAGS))
          .trim()
          .min(1, expected(TAGS))
          .max(LONGEST_TAG, expected(TAGS))
          .regex(/^[^,]*$/, expected(TAGS)),
        expected(TAGS),
      )
      .max(MOST_TAGS, expected(TAGS))
      .default([]),
    time: z.number(expected(TIME)).int(expected(TIME)).min(LEAST_TIME_MS, expected(TIME)).optional(),
  },
  expected('a JSON object such as {"text": "v2 is out", "tags": ["deploy"]}'),
)

/**
 * Takes a note from outside: `text`, and if they are there `tags` and `time`, in milliseconds; other fields are ignored.
 * Throws AnnotationRefused for what is no note, and where too many came.
 */
export function addAnnotation(input: unknown, nowMs = Date.now()): Annotation {
  const { data, error } = note.safeParse(input)
  if (data === undefined) throw new AnnotationRefused(400, wordsOf(error.issues[0], input))
  const { text, tags, time: timeMs = nowMs } = data
  if (timeMs > nowMs + MOST_AHEAD_MS) {
    throw new AnnotationRefused(400, `time: expected no time of the future, got ${new Date(timeMs).toISOString()}`)
  }
  forgetOld(nowMs)
  const all = held()
  const minuteAgo = all.at(-MOST_A_MINUTE)?.addedMs ?? Number.NEGATIVE_INFINITY
  if (minuteAgo > nowMs - MINUTE_MS) {
    const seconds = Math.ceil((minuteAgo + MINUTE_MS - nowMs) / 1000)
    const words = `expected at most ${MOST_A_MINUTE} notes a minute, got one more: try again in ${seconds} s`
    throw new AnnotationRefused(429, words, seconds)
  }
  const id = Math.max(nowMs, (all.at(-1)?.id ?? 0) + 1)
  const added = { id, timeMs, text, tags, addedMs: nowMs }
  all.push(added)
  return added
}

/** Those that may not be stored yet, in the order in which they came. */
export function newAnnotations(): readonly Annotation[] {
  return held()
}

/** Shows the notes among the metrics. A second call changes nothing. */
export function declareAnnotations(): void {
  const registry = yieldingRegistry()
  if (registry.getSingleMetric(ANNOTATION_METRIC) !== undefined) return
  new Gauge({
    name: ANNOTATION_METRIC,
    help: 'Notes of what happened, posted to /api/annotations: the value is the time of which they tell.',
    labelNames: ['id', 'tags', 'text'],
    registers: [registry],
    collect() {
      this.reset()
      forgetOld(Date.now())
      for (const { id, timeMs, text, tags } of held()) {
        this.set({ id: String(id), tags: tags.join(','), text }, timeMs / 1000)
      }
    },
  })
}

/** A note as its series has it; undefined for a series that is none. */
export function toAnnotation(labels: Readonly<Record<string, string>>, seconds: number): Annotation | undefined {
  const id = Number(labels.id)
  const { text, tags = '' } = labels
  if (text === undefined || !Number.isSafeInteger(id) || !Number.isFinite(seconds)) return undefined
  return { id, timeMs: Math.round(seconds * 1000), text, tags: tags === '' ? [] : tags.split(',') }
}

function forgetOld(nowMs: number): void {
  const all = held()
  // A clock that was set back would keep those of its future for long.
  const kept = all.filter(({ addedMs }) => addedMs > nowMs - EXPOSED_MS && addedMs <= nowMs)
  all.splice(0, all.length, ...kept)
}

const SHOWN_CHARACTERS = 100

function wordsOf(issue: z.core.$ZodIssue | undefined, input: unknown): string {
  const [field] = issue?.path ?? []
  const got = field === undefined ? input : Reflect.get(Object(input), field)
  const shown = (JSON.stringify(got) ?? 'nothing').slice(0, SHOWN_CHARACTERS)
  const message = issue?.message ?? expected(TEXT).error
  return `${field === undefined ? '' : `${String(field)}: `}${message}, got ${shown}`
}
