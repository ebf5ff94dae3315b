// Node's response to the request that is being answered: for headers that Next drops from what a route handler returns,
// Content-Encoding and Content-Length among them.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { perProcess } from './per-process'

/** Emptied when the response is over: a timer that a request has started must not keep all of it in memory. */
type Holder = { response: ServerResponse | undefined }

const storage = () => perProcess('current-response', () => new AsyncLocalStorage<Holder>())

/**
 * To be called where a request begins: from there on, in everything that its handler does, `currentResponse` is
 * `response`. Gives a function that ends it, for when the response is over.
 */
export function enterResponse(response: ServerResponse): () => void {
  const holder: Holder = { response }
  storage().enterWith(holder)
  return () => {
    holder.response = undefined
  }
}

/** Undefined outside of requests, and before the process has begun to measure them. */
export function currentResponse(): ServerResponse | undefined {
  return storage().getStore()?.response
}
