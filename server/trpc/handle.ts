// tRPC over HTTP: what app/api/trpc answers with.
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { recordException } from '../instrument/exceptions'
import { admit, MOST_CALLS, refusal } from './admit'
import { appRouter } from './app-router'
import { createContext } from './context'

const ENDPOINT = '/api/trpc'

/** Errors that are the server's own are recorded as exceptions; a caller's mistake is only counted by its code. */
export async function handleTrpc(request: Request): Promise<Response> {
  const req = await admit(request).catch((error: unknown) => {
    if (error instanceof TRPCError) return refusal(error)
    throw error
  })
  if (req instanceof Response) return req
  return fetchRequestHandler({
    req,
    endpoint: ENDPOINT,
    router: appRouter,
    createContext,
    maxBatchSize: MOST_CALLS,
    onError({ error, path }) {
      if (getHTTPStatusCodeFromError(error) < 500) return
      recordException({
        error: error.cause ?? error,
        kind: 'trpc',
        route: `${ENDPOINT}/[trpc]`,
        method: req.method,
        path: path ?? '',
      })
    },
  })
}
