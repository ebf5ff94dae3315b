// Node's diagnostics channels of its HTTP servers: they see every request of this process, in `next dev`, `next start`
// and the standalone server alike. Node calls them experimental, so this file alone knows their names and messages.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server } from 'node:http'
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { Server as AnyServer } from 'node:net'

/** One request with all that belongs to it. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; socket: Socket; server: Server }

export type Connection = Pick<Exchange, 'socket' | 'server'>

/** One request over HTTP/2, before its handler sees the same headers. */
export type Http2Exchange = {
  headers: IncomingHttpHeaders
  rawHeaders: string[]
  socket: Pick<Socket, 'remoteAddress'>
  server: AnyServer
}

/** Hears of every request before its handler does. Gives a function that ends it. The listener must not throw. */
export const onRequestStart = (listener: (exchange: Exchange) => void) => listen('http.server.request.start', listener)

/** Hears of every response whose last byte was handed to the operating system. Gives a function that ends it. */
export const onResponseFinish = (listener: (exchange: Exchange) => void) =>
  listen('http.server.response.finish', listener)

/**
 * Hears of every connection that an HTTP server has accepted, whatever comes of it. One of HTTPS is heard of with its
 * first request only. Gives a function that ends it.
 */
export const onConnection = (listener: (connection: Connection) => void) =>
  listen('net.server.socket', ({ socket }: { socket: Socket & { server?: unknown } }) => {
    const { server } = socket
    if (server instanceof Server) listener({ socket, server })
  })

/**
 * Hears of every request over HTTP/2 before its handler does: Node 20 has no channel for them, so the listener is added to each
 * server of which a connection tells, and to those that wait for one. Gives a function that ends it. The listener must not
 * throw.
 */
export function onHttp2Request(listener: (exchange: Http2Exchange) => void): () => void {
  const servers = new Set<WeakRef<AnyServer>>()
  const known = new WeakSet<AnyServer>()

  function onStream(
    this: AnyServer,
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    ...rest: unknown[]
  ): void {
    const [, rawHeaders] = rest
    const socket = stream.session?.socket
    if (socket !== undefined && Array.isArray(rawHeaders)) listener({ headers, rawHeaders, socket, server: this })
  }

  function follow(server: unknown): void {
    if (!isHttp2Server(server) || known.has(server)) return
    known.add(server)
    servers.add(new WeakRef(server))
    server.prependListener('stream', onStream)
  }

  for (const handle of activeHandles()) follow(handle)
  const unsubscribe = listen('net.server.socket', ({ socket }: { socket: { server?: unknown } }) =>
    follow(socket.server),
  )
  return () => {
    unsubscribe()
    for (const server of servers) server.deref()?.off('stream', onStream)
  }
}

/** They have no class that is exported; this method is theirs alone. */
const isHttp2Server = (server: unknown): server is AnyServer =>
  server instanceof AnyServer && 'updateSettings' in server

/** What Node keeps for debuggers: sockets and servers among others, and nothing where it keeps it no more. */
export function activeHandles(): unknown[] {
  const list: unknown = Reflect.get(process, '_getActiveHandles')
  return typeof list === 'function' ? list.call(process) : []
}

function listen<T>(channel: string, listener: (message: T) => void): () => void {
  const onMessage = (message: unknown) => listener(message as T)
  subscribe(channel, onMessage)
  return () => void unsubscribe(channel, onMessage)
}
