// Node's response to the current request, for scrapes, live streams and the prebuilt client's files: to set headers that
// Next drops from what a route handler returns, such as Content-Encoding and Content-Length, and to close the connection of a
// client that doesn't read.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import type { Exchange } from './http-channels'
import { perProcess } from './per-process'

/** Only for these paths: as long as an AsyncLocalStorage is in use, it costs some 20 ns for every promise there is. */
const IN_USE = /(?:\/metrics(?:\.live)?|\/assets\/[\w-]+-[0-9a-f]{12}\.[a-z0-9]+)\/?(?:\?|$)/

/** Emptied when the response is over: a timer that a request has started must not keep all of it in memory. */
type Holder = { response: ServerResponse | undefined; leave(): void }

type State = { storage: AsyncLocalStorage<Holder>; inUse: number }

const state = (): State => perProcess('current-response', () => ({ storage: new AsyncLocalStorage(), inUse: 0 }))

const NOTHING: Holder = { response: undefined, leave() {} }

/**
 * To be called where a request begins: if its path ends in `/metrics`, in `/metrics.live` or in the name of a file of the
 * prebuilt client, its response is the current one in everything that its handler does. Gives a function to be called when
 * the response is over.
 */
export function enterResponse({ request, response }: Pick<Exchange, 'request' | 'response'>): () => void {
  const own = state()
  if (!IN_USE.test(request.url ?? '')) {
    // A request that waits behind such a one on the same connection begins within it.
    if (own.inUse > 0) own.storage.enterWith(NOTHING)
    return () => {}
  }
  const holder: Holder = {
    response,
    leave() {
      if (holder.response === undefined) return
      holder.response = undefined
      own.inUse--
      if (own.inUse === 0) own.storage.disable()
    },
  }
  own.inUse++
  own.storage.enterWith(holder)
  return holder.leave
}

/** Undefined outside of such requests, and before the process has begun to measure its requests. */
export function currentResponse(): ServerResponse | undefined {
  return state().storage.getStore()?.response
}

/** The same for a stream, which lasts for hours: the response is not the current one from now on. */
export function takeResponse(): ServerResponse | undefined {
  const holder = state().storage.getStore()
  const response = holder?.response
  holder?.leave()
  return response
}
