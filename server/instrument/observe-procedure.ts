// Counts one tRPC procedure call, for the middleware: with batches and streams, HTTP requests alone don't show this.
import { guarded } from './guarded'
import { metrics } from './metrics'

export type ProcedureCall = {
  /** The router's own path, such as `metrics.live`; never a path that a client made up. */
  procedure: string
  type: 'query' | 'mutation' | 'subscription'
  /** `OK`, or the code of the TRPCError, such as `BAD_REQUEST`. */
  code: string
  seconds: number
}

/** Never throws. */
export const observeProcedure = guarded('observeProcedure', ({ procedure, type, code, seconds }: ProcedureCall) => {
  const labels = { procedure, type, code }
  metrics().trpcRequestsTotal.inc(labels)
  metrics().trpcLatencySeconds.observe(labels, seconds)
})
