// What a browser may ask: shapes and bounds, in one place.
import { inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { EXCEPTION_KINDS } from '../instrument/exception-log'

const HOUR_MS = 3_600_000

const MAX_QUERIES = 48
export const MAX_EXPR_LENGTH = 2_000
/** More than Node takes in a URL. */
const MAX_DEFLATED_LENGTH = 16_000
/** Of a question: more than all its expressions can have. */
const MAX_INFLATED_BYTES = 1024 ** 2
const MAX_LIVE_STEPS = 1_000
const MAX_RANGE_STEPS = 11_000
/** A year; its steps are longer than a day. */
const MAX_LIVE_RANGE_MS = 366 * 24 * HOUR_MS

/** The last moment that JavaScript knows. */
const MAX_TIME_MS = 8.64e15

const MAX_LABEL_LENGTH = 2_000

const expr = z.string().trim().min(1).max(MAX_EXPR_LENGTH)
const ms = z.number().int()
const stepMs = ms.min(100).max(48 * HOUR_MS)

const liveShape = z.object({
  /** Answered over the whole range, then at each tick. */
  exprs: z.array(expr).max(MAX_QUERIES),
  /** Answered at the newest instant only. */
  instantExprs: z.array(expr).max(MAX_QUERIES).default([]),
  rangeMs: ms.min(1_000).max(MAX_LIVE_RANGE_MS),
  stepMs,
  lastEventId: z.string().max(32).nullish(),
})

const hasFewSteps = ({ rangeMs, stepMs }: { rangeMs: number; stepMs: number }) => rangeMs / stepMs <= MAX_LIVE_STEPS
const tooManySteps = `Expected at most ${MAX_LIVE_STEPS} steps: a longer stepMs or a shorter rangeMs`

/** The question comes in a URL, so that it may be deflated: its JSON, without a header, in base64url. */
const deflatable = z
  .looseObject({
    deflated: z.string().max(MAX_DEFLATED_LENGTH).optional(),
    /** Set by tRPC's client when it reconnects: the tick that it has seen last. */
    lastEventId: z.string().nullish(),
  })
  .transform(({ deflated, ...question }, context) => {
    if (deflated === undefined) return question
    const inflated = inflate(deflated)
    if (inflated !== undefined) return { ...inflated, ...question }
    const message = `Expected the JSON of a question, deflated, of at most ${MAX_INFLATED_BYTES} bytes`
    context.addIssue({ code: 'custom', path: ['deflated'], message, input: deflated })
    return z.NEVER
  })

export const liveInput = deflatable.pipe(liveShape.refine(hasFewSteps, tooManySteps))

/** The same question of a time that stands still. */
export const windowInput = deflatable.pipe(
  liveShape.extend({ endMs: ms.min(0).max(MAX_TIME_MS) }).refine(hasFewSteps, tooManySteps),
)

function inflate(deflated: string): object | undefined {
  try {
    const json = inflateRawSync(Buffer.from(deflated, 'base64url'), { maxOutputLength: MAX_INFLATED_BYTES })
    const question: unknown = JSON.parse(json.toString())
    return typeof question === 'object' && question !== null ? question : undefined
  } catch {
    return undefined
  }
}

export const rangeInput = z
  .object({ expr, startMs: ms.min(0), endMs: ms.min(0), stepMs })
  .refine(({ startMs, endMs }) => endMs >= startMs, { message: 'Expected endMs not to come before startMs' })
  .refine(({ startMs, endMs, stepMs }) => (endMs - startMs) / stepMs <= MAX_RANGE_STEPS, {
    message: `Expected at most ${MAX_RANGE_STEPS} steps: a longer stepMs or a shorter time`,
  })

/** Explore's own limit. */
const MAX_EXPLAINED_LENGTH = 8_000
const explained = z.string().trim().min(1).max(MAX_EXPLAINED_LENGTH)

/** A range of few steps, or one instant; without a time, the present. */
export const explainInput = z.union([
  z
    .object({ expr: explained, startMs: ms.min(0), endMs: ms.min(0).max(MAX_TIME_MS), stepMs })
    .refine(({ startMs, endMs }) => endMs >= startMs, { message: 'Expected endMs not to come before startMs' })
    .refine(({ startMs, endMs, stepMs }) => hasFewSteps({ rangeMs: endMs - startMs, stepMs }), tooManySteps),
  z.strictObject({ expr: explained, atMs: ms.min(0).max(MAX_TIME_MS).optional() }),
])

/** The time up to now, or up to `endMs`. */
export const exemplarsInput = z.object({
  expr,
  rangeMs: ms.min(1_000).max(MAX_LIVE_RANGE_MS),
  endMs: ms.min(0).max(MAX_TIME_MS).optional(),
})

const label = z.string().max(MAX_LABEL_LENGTH)

/** The labels of exceptions_total, and the id of the newest that the browser knows, so that it asks again for a newer one. */
export const examplesInput = z.object({
  error: label,
  kind: z.enum(EXCEPTION_KINDS),
  route: label,
  newest: z.string().max(64).optional(),
})

/** A file's name is no path: it is one of those that were listed. */
export const boardInput = z.object({ name: z.string().min(1).max(300) })

const targetLabel = z.string().max(200).optional()
export const snapshotInput = z.object({ job: targetLabel, instance: targetLabel }).default({})

const familiesShape = z.object({
  job: targetLabel,
  instance: targetLabel,
  /** All targets, or of one job. */
  every: z.boolean().optional(),
  /** Of an engine: what has series with this label. */
  label: label.min(1).optional(),
})
export type FamiliesInput = z.infer<typeof familiesShape>
export const familiesInput = familiesShape.default({})

export const familyLabelsInput = z.object({ selector: expr })
