// What a browser may ask: shapes and bounds, in one place.
import { z } from 'zod'

const HOUR_MS = 3_600_000

export const MAX_QUERIES = 48
export const MAX_EXPR_LENGTH = 2_000
/** Of one expression: more than it can have selectors. */
const MAX_PARTS = 64
export const MAX_LIVE_STEPS = 1_000
export const MAX_RANGE_STEPS = 11_000
export const MAX_LIVE_RANGE_MS = 7 * 24 * HOUR_MS

const expr = z.string().trim().min(1).max(MAX_EXPR_LENGTH)
const ms = z.number().int()
const stepMs = ms.min(100).max(24 * HOUR_MS)

/** An expression, or its parts, between which the question's `common` stands. */
const parts = z.union([z.string(), z.array(z.string().max(MAX_EXPR_LENGTH)).max(MAX_PARTS)])

const liveQuestion = z
  .object({
    exprs: z.array(expr).max(MAX_QUERIES),
    instantExprs: z.array(expr).max(MAX_QUERIES),
    rangeMs: ms.min(1_000).max(MAX_LIVE_RANGE_MS),
    stepMs,
    lastEventId: z.string().max(32).nullish(),
  })
  .refine(({ rangeMs, stepMs }) => rangeMs / stepMs <= MAX_LIVE_STEPS, {
    message: `Expected at most ${MAX_LIVE_STEPS} steps: a longer stepMs or a shorter rangeMs`,
  })

/** The question comes in a URL, so what its expressions have in common can be sent once. */
export const liveInput = z
  .object({
    common: z.string().max(MAX_EXPR_LENGTH).default(''),
    /** Answered over the whole range, then at each tick. */
    exprs: z.array(parts).max(MAX_QUERIES),
    /** Answered at the newest instant only. */
    instantExprs: z.array(parts).max(MAX_QUERIES).default([]),
    rangeMs: z.number(),
    stepMs: z.number(),
    /** Set by tRPC's client when it reconnects: the tick that it has seen last. */
    lastEventId: z.string().nullish(),
  })
  .transform(({ common, exprs, instantExprs, ...question }) => {
    const join = (expr: z.infer<typeof parts>) => (typeof expr === 'string' ? expr : expr.join(common))
    return { ...question, exprs: exprs.map(join), instantExprs: instantExprs.map(join) }
  })
  .pipe(liveQuestion)

export const rangeInput = z
  .object({ expr, startMs: ms.min(0), endMs: ms.min(0), stepMs })
  .refine(({ startMs, endMs }) => endMs >= startMs, { message: 'Expected endMs not to come before startMs' })
  .refine(({ startMs, endMs, stepMs }) => (endMs - startMs) / stepMs <= MAX_RANGE_STEPS, {
    message: `Expected at most ${MAX_RANGE_STEPS} steps: a longer stepMs or a shorter time`,
  })

export const snapshotInput = z.object({ instance: z.string().max(200).optional() }).default({})
