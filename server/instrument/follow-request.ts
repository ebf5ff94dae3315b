// One request, from its start until its response is complete or its connection is closed. This runs for every request: the
// steps are functions of one record, because a closure for each step would cost more.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Exchange } from '../http-channels'
import { restoreHeaders } from '../kept-headers'
import { exceptionLog } from './exceptions'
import { OWN_ROUTE, setRoute } from './framework-route'
import { guarded } from './guarded'
import type { Metrics } from './metrics'
import { methodLabel, routeLabel } from './request-labels'
import { parseTraceparent } from './trace-context'

const REQUEST = { kind: 'request' }
const STREAM = { kind: 'stream' }

/** What is known so far. */
export type FollowedRequest = {
  request: IncomingMessage
  response: ServerResponse
  startedMs: number
  method: string
  url: string
  inFlight: typeof REQUEST
  isRelayed: boolean
  /** Seconds up to the head, as a client is told them; empty before there is one. */
  processTime: string
  isCounted: boolean
  isSettled: boolean
}

/** `sendsTime`: whether clients are told the time that their request took, in the header `X-Process-Time`. */
export type FollowOptions = { sendsTime: boolean }

/**
 * `follow` counts the request and times it up to the head of its response, which gets that same number of seconds as
 * `X-Process-Time` where it is to be told. `settle` must be called when the response is finished or the socket closes;
 * only the first call counts.
 */
export function createFollower(metrics: Metrics, { sendsTime }: FollowOptions) {
  const { latencySeconds, requestsAbortedTotal, requestsInFlight, requestsTotal } = metrics
  const begunOrigins = new Set<string>()
  const exceptions = exceptionLog()

  function follow({ request, response }: Exchange): FollowedRequest {
    const { writeHead } = response
    const followed: FollowedRequest = {
      request,
      response,
      startedMs: performance.now(),
      method: methodLabel(request.method),
      url: request.url ?? '',
      inFlight: REQUEST,
      isRelayed: false,
      processTime: '',
      isCounted: false,
      isSettled: false,
    }
    requestsInFlight.inc(REQUEST)
    // Every head passes through here, implicit ones and those of flushHeaders too.
    response.writeHead = ((...head: Parameters<typeof writeHead>) => {
      stampHead(followed, head.at(-1))
      const written = Reflect.apply(writeHead, response, head)
      countHead(followed)
      return written
    }) as typeof writeHead
    return followed
  }

  const stampHead = guarded('stampHead', (followed: FollowedRequest, given: unknown) => {
    const { processTime, request, response, startedMs } = followed
    if (response.headersSent) return
    if (restoreHeaders(response, given)) setRoute(request, OWN_ROUTE)
    if (processTime === '') followed.isRelayed = Boolean(response.statusMessage)
    followed.processTime = ((performance.now() - startedMs) / 1000).toFixed(6)
    if (sendsTime) response.setHeader('X-Process-Time', followed.processTime)
  })

  const countHead = guarded('countHead', (followed: FollowedRequest) => {
    if (followed.isCounted) return
    const { processTime, request, response } = followed
    const labels = count(followed, String(response.statusCode))
    latencySeconds.observe(labels, Number(processTime), parseTraceparent(request.headers.traceparent))
    exceptions.answered(request.headers, response.statusCode)
    if (!String(response.getHeader('content-type')).startsWith('text/event-stream')) return
    requestsInFlight.dec(REQUEST)
    followed.inFlight = STREAM
    requestsInFlight.inc(STREAM)
  })

  const settle = guarded('settle', (followed: FollowedRequest, socket: Socket) => {
    if (followed.isSettled) return
    followed.isSettled = true
    requestsInFlight.dec(followed.inFlight)
    if (!followed.isCounted) count(followed, '499')
    if (!followed.response.writableFinished && isGone(socket)) requestsAbortedTotal.inc(originOf(followed))
  })

  function count(followed: FollowedRequest, status: string) {
    followed.isCounted = true
    const { method, route } = originOf(followed)
    const labels = { method, route, status }
    requestsTotal.inc(labels)
    beginAborted(method, route)
    return labels
  }

  /** A route's series of aborted requests begins at 0, so that rate() sees the first of them. */
  function beginAborted(method: string, route: string): void {
    const origin = `${method} ${route}`
    if (begunOrigins.has(origin)) return
    begunOrigins.add(origin)
    requestsAbortedTotal.inc({ method, route }, 0)
  }

  return { follow, settle }
}

function originOf(followed: FollowedRequest) {
  return { method: followed.method, route: routeLabel(followed) }
}

/** Whether the client closed or lost the connection, rather than this server cutting it. */
function isGone(socket: Socket): boolean {
  return socket.readableEnded || (socket.errored !== null && 'syscall' in socket.errored)
}
