// Node's diagnostics channels of its HTTP servers: they see every request of this process, in `next dev`, `next start`
// and the standalone server alike. Node calls them experimental, so this file alone knows their names and messages.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server } from 'node:http'
import type { Socket } from 'node:net'

/** One request with all that belongs to it. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; socket: Socket; server: Server }

export type Connection = Pick<Exchange, 'socket' | 'server'>

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

function listen<T>(channel: string, listener: (message: T) => void): () => void {
  const onMessage = (message: unknown) => listener(message as T)
  subscribe(channel, onMessage)
  return () => void unsubscribe(channel, onMessage)
}
