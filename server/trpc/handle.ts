// tRPC over HTTP: what app/api/trpc answers with.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { recordException } from '../instrument/exceptions'
import { appRouter } from './app-router'
import { createContext } from './context'

const ENDPOINT = '/api/trpc'

/** Errors that are the server's own are recorded as exceptions; a caller's mistake is only counted by its code. */
export function handleTrpc(req: Request): Promise<Response> {
  return fetchRequestHandler({
    req,
    endpoint: ENDPOINT,
    router: appRouter,
    createContext,
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
