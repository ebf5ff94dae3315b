// Checks requests before tRPC gets them: tRPC itself accepts batches and bodies of any length.
import { getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { BodyRefused, readRequestBody } from '../bounded-body'
import { env } from '../env'
import { appRouter } from './app-router'

/** Of a batch. The page asks two things at a time. */
export const MOST_CALLS = 10
/** Longer than what a URL can hold, as all inputs of today. JSON of this length is read in 10 ms at worst. */
const LONGEST_INPUT_BYTES = 64 * 1024

const ONLY_JSON =
  'expected a client that reads application/json, such as httpBatchLink, got trpc-accept: application/jsonl'

const codes: Record<BodyRefused['status'], TRPCError['code']> = {
  400: 'BAD_REQUEST',
  408: 'TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  499: 'CLIENT_CLOSED_REQUEST',
  503: 'SERVICE_UNAVAILABLE',
}

/** The request, with its body in memory. Throws TRPCError for one that tRPC is not to be given. */
export async function admit(request: Request): Promise<Request> {
  refuseLongBatch(new URL(request.url))
  const { headers, method, signal, url } = request
  if (headers.get('trpc-accept') === 'application/jsonl') {
    throw new TRPCError({ code: 'BAD_REQUEST', message: ONLY_JSON })
  }
  if (method !== 'POST') return request
  const type = headers.get('content-type') ?? ''
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') {
    const message = `expected application/json as the Content-Type, got ${JSON.stringify(type)}`
    throw new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE', message })
  }
  const body = await readRequestBody(request, LONGEST_INPUT_BYTES, env().queryTimeoutMs).catch((error: unknown) => {
    if (!(error instanceof BodyRefused)) throw error
    throw new TRPCError({ code: codes[error.status], message: error.message, cause: error })
  })
  return new Request(url, { method, headers, body, signal })
}

/** The answer that tRPC gives where it can't tell which call is wrong. */
export function refusal(error: TRPCError): Response {
  const shape = getTRPCErrorShape({
    config: appRouter._def._config,
    error,
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: undefined,
  })
  return Response.json({ error: shape }, { status: getHTTPStatusCodeFromError(error) })
}

/** tRPC has this bound as well, but doesn't say how many calls it takes. */
function refuseLongBatch({ pathname, searchParams }: URL): void {
  const calls = pathname.split(/,|%2c/i).length
  if (searchParams.get('batch') !== '1' || calls <= MOST_CALLS) return
  throw new TRPCError({
    code: 'BAD_REQUEST',
    message: `expected a batch of at most ${MOST_CALLS} calls, got one of ${calls}`,
  })
}
