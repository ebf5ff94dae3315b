// tRPC's building blocks for this app: the context that procedures share, and the procedure that measures itself.
import { initTRPC } from '@trpc/server'
import { observeProcedure } from '../instrument/observe-procedure'
import type { Context } from './context'

/** Below half of RECONNECT_AFTER_MS, so that one lost ping is no lost connection. */
export const PING_MS = 5_000
const RECONNECT_AFTER_MS = 12_000

/** What the client of a stream is told first. */
export const STREAM_CLIENT = { reconnectAfterInactivityMs: RECONNECT_AFTER_MS }

const t = initTRPC.context<Context>().create({
  sse: { ping: { enabled: true, intervalMs: PING_MS }, client: STREAM_CLIENT },
})

export const router = t.router

/** Counts and times each call by the router's own path; a stream is timed until it begins. A result is written late. */
const measured = t.middleware(async ({ ctx, path, type, next }) => {
  const startedAt = performance.now()
  const result = await next()
  const seconds = (performance.now() - startedAt) / 1000
  observeProcedure({ procedure: path, type, code: result.ok ? 'OK' : result.error.code, seconds })
  if (!result.ok || type === 'subscription' || result.data === undefined) return result
  return { ...result, data: ctx.lateResults.mark(result.data) }
})

export const procedure = t.procedure.use(measured)
