// The numbers, for the browser: as they are scraped, as PromQL answers, and live.
import { TRPCError, tracked } from '@trpc/server'
import { untilAborted } from '../deadline'
import { PromqlError } from '../promql/promql-error'
import { QuerierError } from '../query/querier-error'
import { shutdownSignal } from '../shutdown'
import { procedure, router } from './init'
import { liveInput, rangeInput, snapshotInput } from './inputs'
import { liveStream } from './live-stream'
import { statusOf } from './status'
import { toWireSnapshot } from './wire-snapshot'
import { toWire } from './wire-value'

export const metricsRouter = router({
  /** The newest snapshot of a target, of this process if none is named; null before its first scrape. */
  snapshot: procedure.input(snapshotInput).query(({ ctx, input }) => {
    const snapshot = ctx.scrape.newestSnapshot(input.instance)
    return snapshot ? toWireSnapshot(snapshot) : null
  }),

  /** One expression over a time: a matrix, its values as WireValue. */
  range: procedure.input(rangeInput).query(async ({ ctx, input, signal }) => {
    const { expr, ...range } = input
    const matrix = await ctx.querier.range(expr, range, signal).catch(toTrpcError)
    return {
      series: matrix.series.map(({ labels, points }) => ({
        labels,
        points: points.map(([tMs, value]) => [tMs, toWire(value)] as const),
      })),
    }
  }),

  /** Where the answers come from, what is held, and how the targets are. */
  status: procedure.query(({ ctx }) => statusOf(ctx)),

  /** The whole range first, then what is new at each tick; resumes after `lastEventId`. */
  live: procedure.input(liveInput).subscription(async function* ({ ctx, input, signal }) {
    const { lastEventId, ...question } = input
    const resumeMs = toResumeMs(lastEventId)
    const stream = untilAborted([signal, shutdownSignal()], (end) => liveStream(ctx, question, resumeMs, end))
    for await (const { atMs, event } of stream) yield tracked(String(atMs), event)
    // A stream that returned would be over for good; one that was aborted is sought again by its client.
    throw new DOMException('The stream ended with its client or its server', 'AbortError')
  }),
})

/** An id that is no time in milliseconds can't be ours: the stream starts from the beginning. */
function toResumeMs(lastEventId: string | null | undefined): number | null {
  const resumeMs = Number(lastEventId ?? Number.NaN)
  return Number.isSafeInteger(resumeMs) && resumeMs > 0 ? resumeMs : null
}

function toTrpcError(error: unknown): never {
  if (error instanceof PromqlError) throw new TRPCError({ code: 'BAD_REQUEST', message: error.message, cause: error })
  if (error instanceof QuerierError) throw new TRPCError({ code: 'BAD_GATEWAY', message: error.message, cause: error })
  throw error
}
