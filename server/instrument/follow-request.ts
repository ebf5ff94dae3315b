// One request, from its start until its response is complete or its connection gone.
import type { Socket } from 'node:net'
import type { Exchange } from '../http-channels'
import { guarded } from './guarded'
import type { Metrics } from './metrics'
import { methodLabel, routeLabel } from './request-labels'
import { parseTraceparent } from './trace-context'

/**
 * Counts the request and times it up to the head of its response, which gets that same number of seconds as
 * `X-Process-Time`. Gives a function that settles it; it must be called when the response or the socket closes, and
 * only the first call counts.
 */
export function followRequest({ request, response, socket }: Exchange, metrics: Metrics): () => void {
  const startedMs = performance.now()
  const method = methodLabel(request.method)
  const url = request.url ?? ''
  const { writeHead } = response
  let kind: 'request' | 'stream' = 'request'
  let isRelayed = false
  let processTime = ''
  let isCounted = false
  let isSettled = false

  metrics.requestsInFlight.inc({ kind })

  // Every head passes through here, implicit ones and those of flushHeaders too.
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    stampHead()
    const written = Reflect.apply(writeHead, response, head)
    countHead()
    return written
  }) as typeof writeHead

  const stampHead = guarded('stampHead', () => {
    if (response.headersSent) return
    if (processTime === '') isRelayed = Boolean(response.statusMessage)
    processTime = ((performance.now() - startedMs) / 1000).toFixed(6)
    response.setHeader('X-Process-Time', processTime)
  })

  const countHead = guarded('countHead', () => {
    if (isCounted) return
    const labels = count(String(response.statusCode))
    metrics.latencySeconds.observe(labels, Number(processTime), parseTraceparent(request.headers.traceparent))
    if (!String(response.getHeader('content-type')).startsWith('text/event-stream')) return
    metrics.requestsInFlight.dec({ kind })
    kind = 'stream'
    metrics.requestsInFlight.inc({ kind })
  })

  const settle = guarded('settle', () => {
    if (isSettled) return
    isSettled = true
    metrics.requestsInFlight.dec({ kind })
    if (!isCounted) count('499')
    if (!response.writableFinished && isGone(socket)) metrics.requestsAbortedTotal.inc(origin())
  })

  function count(status: string) {
    isCounted = true
    const from = origin()
    const labels = { ...from, status }
    metrics.requestsTotal.inc(labels)
    // A route's series of aborted requests begins at 0, so that rate() sees the first of them.
    metrics.requestsAbortedTotal.inc(from, 0)
    return labels
  }

  const origin = () => ({ method, route: routeLabel({ request, response, url, isRelayed }) })

  return settle
}

/** Whether the client closed or lost the connection, rather than this server cutting it. */
function isGone(socket: Socket): boolean {
  return socket.readableEnded || (socket.errored !== null && 'syscall' in socket.errored)
}
