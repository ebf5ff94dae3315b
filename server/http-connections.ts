// The connections of this process's HTTP servers, and how they are closed at the end. A server that is told to close waits
// for each of them without limit, even if nothing more will come.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Connection, Exchange } from './http-channels'
import { onConnection, onRequestStart, onResponseFinish } from './http-channels'

export type Graces = {
  /** How long a client may take to begin, or to go on. Who has stopped reading is noticed within two of these. */
  idleMs: number
  /** How long one may take in all, while bytes flow. */
  transferMs: number
}

/** Twice the first is less than the 10 seconds after which Docker kills, the second less than Kubernetes's 30. */
export const SHUTDOWN_GRACES: Graces = { idleMs: 4_000, transferMs: 24_000 }

export type HttpConnections = {
  /**
   * Closes the connections that nothing can come of any more, by and by: at once those that are idle as soon as their
   * response is over, and after the graces those that wait for their client. A request that this process has in full is
   * answered, however long that takes. To be called once.
   */
  end(): void
}

/** Follows every connection from now on. What is older is known from its next request on. */
export function followHttpConnections({ idleMs, transferMs }: Graces = SHUTDOWN_GRACES): HttpConnections {
  /** With the request that came last, as long as it is not answered: those before it are answered first. */
  const open = new Map<Socket, Exchange | undefined>()
  const servers = new Set<Server>()

  function follow({ socket, server }: Connection): void {
    if (open.has(socket) || socket.closed) return
    open.set(socket, undefined)
    socket.once('close', () => open.delete(socket))
    if (servers.has(server)) return
    servers.add(server)
    server.once('close', () => servers.delete(server))
  }

  onConnection(follow)
  onRequestStart((exchange) => {
    follow(exchange)
    open.set(exchange.socket, exchange)
  })
  onResponseFinish(({ response, socket }) => {
    if (open.get(socket)?.response === response) open.set(socket, undefined)
  })

  function closeIdle(): void {
    for (const [socket, exchange] of open) if (exchange === undefined) socket.destroy()
    const isIdle = [...open.values()].every((exchange) => exchange === undefined)
    // Those from before the beginning, too.
    if (isIdle) for (const server of servers) server.closeAllConnections()
  }

  /** To be called a moment after a response: another request may stand behind it. */
  function closeUnlessInUse(socket: Socket): void {
    if (open.get(socket) === undefined) socket.destroy()
  }

  function closeTransfers(): void {
    for (const [socket, exchange] of open) {
      if (exchange !== undefined && (isClientsTurn(exchange) || isEventStream(exchange))) socket.destroy()
    }
  }

  /** Node's own timer of a socket, which knows whether the system still gets rid of what was written. */
  function limitPauses({ socket, server }: Connection): void {
    socket.setTimeout(idleMs)
    if (!server.listeners('timeout').includes(closeIfStuck)) server.on('timeout', closeIfStuck)
  }

  /** With a listener like this one, Node leaves it to it what becomes of a socket. */
  function closeIfStuck(socket: Socket): void {
    const exchange = open.get(socket)
    if (exchange === undefined || isClientsTurn(exchange)) socket.destroy()
  }

  return {
    end() {
      const begunMs = performance.now()
      for (const exchange of open.values()) if (exchange !== undefined) limitPauses(exchange)
      onRequestStart((exchange) => {
        limitPauses(exchange)
        exchange.response.setHeader('Connection', 'close')
      })
      // Node's closeIdleConnections would take for idle what is ended but not sent.
      onResponseFinish(({ socket }) => void setImmediate(closeUnlessInUse, socket))
      const close = () => {
        closeIdle()
        if (performance.now() - begunMs >= transferMs) closeTransfers()
      }
      setInterval(close, idleMs).unref()
    },
  }
}

/** Whether the request is not here in full, or what was written of its response waits to be read. */
function isClientsTurn({ request, socket }: Exchange): boolean {
  const isSent = request.complete || request.readableLength > 0
  return !isSent || socket.writableLength > 0
}

function isEventStream({ response }: Exchange): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream')
}
