// Measures every HTTP request of this process, whichever way Next was started.
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { enterResponse } from '../current-response'
import type { Exchange } from '../http-channels'
import { onRequestStart, onResponseFinish } from '../http-channels'
import { ownServers } from '../own-servers'
import type { FollowedRequest, FollowOptions } from './follow-request'
import { createFollower } from './follow-request'
import { guarded } from './guarded'
import type { Metrics } from './metrics'
import { methodLabel, routeLabel } from './request-labels'

/** Requests to servers of our own are not followed: they are none of the app's. */
type Unsettled = { response: ServerResponse; followed: FollowedRequest | undefined; leaveResponse: () => void }

/** Measures every request from now on into `metrics`. Gives a function that ends it. */
export function measureRequests(metrics: Metrics, options: FollowOptions): () => void {
  const { follow, settle } = createFollower(metrics, options)
  const own = ownServers()
  /** Of each socket; more than one only where requests wait behind another. */
  const unsettledOf = new WeakMap<Socket, Unsettled[]>()

  const onStart = guarded('onStart', (exchange: Exchange) => {
    const unsettled = unsettledOf.get(exchange.socket) ?? endOnClose(exchange.socket)
    const followed = own.has(exchange.server) ? undefined : follow(exchange)
    unsettled.push({ response: exchange.response, followed, leaveResponse: enterResponse(exchange) })
  })

  /** Where the connection is lost, neither its request is finished nor those that wait behind it. */
  function endOnClose(socket: Socket): Unsettled[] {
    const unsettled: Unsettled[] = []
    unsettledOf.set(socket, unsettled)
    socket.once('close', () => {
      for (const one of unsettled) end(one, socket)
    })
    return unsettled
  }

  const onFinish = guarded('onFinish', ({ request, response, server, socket }: Exchange) => {
    const finished = takeOut(unsettledOf.get(socket), response)
    if (finished !== undefined) {
      end(finished, socket)
      return
    }
    if (own.has(server)) return
    // The port opens before instrumentation runs: what began in between is counted now, without a latency.
    const route = routeLabel({ request, response, url: request.url ?? '', isRelayed: false })
    metrics.requestsTotal.inc({ method: methodLabel(request.method), route, status: String(response.statusCode) })
  })

  function end({ followed, leaveResponse }: Unsettled, socket: Socket): void {
    if (followed !== undefined) settle(followed, socket)
    leaveResponse()
  }

  const endings = [onRequestStart(onStart), onResponseFinish(onFinish)]
  return () => {
    for (const unsubscribe of endings) unsubscribe()
  }
}

function takeOut(unsettled: Unsettled[] | undefined, response: ServerResponse): Unsettled | undefined {
  const place = unsettled?.findIndex((one) => one.response === response) ?? -1
  return place < 0 ? undefined : unsettled?.splice(place, 1)[0]
}
