// tRPC over HTTP.
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { recordException } from '../instrument/exceptions'
import { PromqlError } from '../promql/promql-error'
import { processMemory } from '../query/process-gate'
import { admit, MOST_CALLS, refusal } from './admit'
import { appRouter } from './app-router'
import { processContext } from './context'
import { LateResults } from './late-results'
import { answerLiveRequest, isLiveRequest } from './live-door'

/**
 * Answers what lies below the path `endpoint`. Errors that are the server's own are recorded as exceptions; a caller's
 * mistake is only counted by its code.
 */
export async function handleTrpc(request: Request, endpoint = '/api/trpc'): Promise<Response> {
  const req = await admit(request).catch((error: unknown) => {
    if (error instanceof TRPCError) return refusal(error)
    throw error
  })
  if (req instanceof Response) return req
  const memory = processMemory().open()
  const lateResults = new LateResults()
  const createContext = () => ({ ...processContext(), memory, lateResults })
  const onError = (error: TRPCError, path: string) => {
    // What the gate refuses is counted by its code.
    const status = getHTTPStatusCodeFromError(error)
    if (status < 500 || error.cause instanceof PromqlError) return
    recordException({
      error: error.cause ?? error,
      kind: 'trpc',
      route: `${endpoint}/[trpc]`,
      method: req.method,
      path,
      status,
      headers: { traceparent: req.headers.get('traceparent') },
    })
  }
  try {
    if (isLiveRequest(req)) return await answerLiveRequest(req, createContext, onError)
    const response = await fetchRequestHandler({
      req,
      endpoint,
      router: appRouter,
      createContext,
      maxBatchSize: MOST_CALLS,
      onError: ({ error, path }) => onError(error, path ?? ''),
    })
    return await lateResults.writeInto(response, memory.end)
  } catch (error) {
    memory.end()
    throw error
  }
}
