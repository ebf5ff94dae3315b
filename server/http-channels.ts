// Node's diagnostics channels of its HTTP servers: they see every request of this process, in `next dev`, `next start`
// and the standalone server alike. Node calls them experimental, so this file alone knows their names and messages.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** One request with all that belongs to it. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; socket: Socket; server: Server }

type Listener = (exchange: Exchange) => void

/** Hears of every request before its handler does. Gives a function that ends it. The listener must not throw. */
export const onRequestStart = (listener: Listener) => listen('http.server.request.start', listener)

/** Hears of every response whose last byte was handed to the operating system. Gives a function that ends it. */
export const onResponseFinish = (listener: Listener) => listen('http.server.response.finish', listener)

function listen(channel: string, listener: Listener): () => void {
  const onMessage = (message: unknown) => listener(message as Exchange)
  subscribe(channel, onMessage)
  return () => void unsubscribe(channel, onMessage)
}
