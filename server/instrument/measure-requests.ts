// Measures every HTTP request of this process, whichever way Next was started.
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { enterResponse } from '../current-response'
import type { Exchange } from '../http-channels'
import { onRequestStart, onResponseFinish } from '../http-channels'
import { followRequest } from './follow-request'
import { guarded } from './guarded'
import type { Metrics } from './metrics'
import { methodLabel, routeLabel } from './request-labels'

/** Measures every request from now on into `metrics`. Gives a function that ends it. */
export function measureRequests(metrics: Metrics): () => void {
  const followed = new WeakSet<ServerResponse>()
  const unsettledOf = new WeakMap<Socket, Set<() => void>>()

  const onStart = guarded('onStart', (exchange: Exchange) => {
    const { response, socket } = exchange
    const leaveResponse = enterResponse(exchange)
    const unsettled = unsettledOf.get(socket) ?? settleOnClose(socket)
    const settle = followRequest(exchange, metrics)
    const end = () => {
      unsettled.delete(end)
      settle()
      leaveResponse()
    }
    followed.add(response)
    unsettled.add(end)
    // Next's rewrites to other servers come close to the usual limit of listeners; this one shall not make them warn.
    const limit = response.getMaxListeners()
    if (limit > 0) response.setMaxListeners(limit + 1)
    response.once('close', end)
  })

  /** Requests that wait behind another on a dying socket see no close of their own response. */
  function settleOnClose(socket: Socket): Set<() => void> {
    const unsettled = new Set<() => void>()
    unsettledOf.set(socket, unsettled)
    socket.once('close', () => {
      for (const end of [...unsettled]) end()
    })
    return unsettled
  }

  /** The port opens before instrumentation runs: what began in between is counted when it ends, without a latency. */
  const onFinish = guarded('onFinish', ({ request, response }: Exchange) => {
    if (followed.has(response)) return
    const route = routeLabel({ request, response, url: request.url ?? '', isRelayed: false })
    metrics.requestsTotal.inc({ method: methodLabel(request.method), route, status: String(response.statusCode) })
  })

  const endings = [onRequestStart(onStart), onResponseFinish(onFinish)]
  return () => {
    for (const end of endings) end()
  }
}
