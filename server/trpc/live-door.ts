// metrics.live over HTTP: the stream that tRPC's client expects, written from bytes that all its viewers share. tRPC itself
// serialises each event for each of them, through five streams.
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import { resolveResponse } from '@trpc/server/http'
import { takeResponse } from '../current-response'
import { appRouter } from './app-router'
import type { Context } from './context'
import { STREAM_CLIENT } from './init'
import type { LiveViewer } from './live-viewer'

const PATH = 'metrics.live'
/** What a client that was refused is told to wait. */
const RETRY_AFTER_SECONDS = 10

/** The headers of tRPC's own streams. Nothing on the way may change or hold back the body. */
const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'keep-alive',
  Vary: 'trpc-accept, accept',
}

const GREETING = Buffer.from(`event: connected\ndata: ${JSON.stringify(STREAM_CLIENT)}\n\n\n`)

/** Whether a request is for one stream; tRPC answers in its own words whatever else asks for the procedure. */
export function isLiveRequest({ method, headers, url }: Request): boolean {
  if (method !== 'GET' || !url.includes(PATH)) return false
  const { pathname, searchParams } = new URL(url)
  const isPlain = !headers.has('content-type') && !headers.has('trpc-accept') && searchParams.get('batch') !== '1'
  return isPlain && pathname.endsWith(`/${PATH}`) && !headers.get('accept')?.includes('jsonl')
}

/** The procedure is called as tRPC calls it, and answers as it does. `onError` hears of what is the server's own fault. */
export async function answerLiveRequest(
  req: Request,
  createContext: () => Context,
  onError: (error: TRPCError, path: string) => void,
): Promise<Response> {
  let ctx: Context | undefined
  let viewer: unknown
  try {
    ctx = createContext()
    await ctx.live.turn()
    viewer = await callTRPCProcedure({
      router: appRouter,
      path: PATH,
      type: 'subscription',
      ctx,
      getRawInput: async () => readInput(req),
      signal: req.signal,
      batchIndex: 0,
    })
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause)
    if (ctx !== undefined && error.code === 'SERVICE_UNAVAILABLE') return refuse(error)
    return resolveResponse({
      req,
      path: PATH,
      router: appRouter,
      createContext: async () => createContext(),
      error,
      onError: ({ error }) => onError(error, PATH),
    })
  }
  if (!isViewer(viewer)) throw new Error(`Expected a LiveViewer of ${PATH}, got ${typeof viewer}`)
  const response = takeResponse()
  const body = viewer.body({
    greeting: GREETING,
    farewell(cause) {
      const error = getTRPCErrorFromUnknown(cause)
      onError(error, PATH)
      return Buffer.from(`event: serialized-error\ndata: ${JSON.stringify(shapeOf(error))}\n\n\n`)
    },
    cut: () => response?.destroy(),
  })
  return new Response(body, { headers: HEADERS })
}

/** By its shape: Next loads several copies of a module into one process, and a page may have made what a route is given. */
function isViewer(value: unknown): value is LiveViewer {
  return typeof value === 'object' && value !== null && 'body' in value
}

/** A browser's EventSource gives up at any status but 200; the page asks metrics.status then, and tries again later. */
function refuse(error: TRPCError): Response {
  const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS), 'Cache-Control': 'no-store' }
  return Response.json({ error: shapeOf(error) }, { status: 503, headers })
}

function shapeOf(error: TRPCError): unknown {
  const config = appRouter._def._config
  return getTRPCErrorShape({ config, error, type: 'subscription', path: PATH, input: undefined, ctx: undefined })
}

/** A client that reconnects tells in a header, or in the URL, what it has seen last. */
function readInput({ headers, url }: Request): unknown {
  const { searchParams } = new URL(url)
  const input = parseJson(searchParams.get('input'))
  const lastEventId =
    headers.get('last-event-id') ?? searchParams.get('lastEventId') ?? searchParams.get('Last-Event-Id')
  if (!lastEventId) return input
  if (typeof input !== 'object' || Array.isArray(input)) return input ?? { lastEventId }
  return { ...input, lastEventId }
}

function parseJson(text: string | null): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'Invalid input'
    throw new TRPCError({ code: 'BAD_REQUEST', message, cause })
  }
}
