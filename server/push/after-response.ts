// Platforms for functions freeze a process once it has answered, and may never let it go on: what was counted is to be sent
// before. Such a platform has a promise waited for, by an interface that Next documents for `after`, or by Vercel's.
// https://nextjs.org/docs/app/api-reference/functions/after
import { onRequestStart } from '../http-channels'
import { processSymbol } from '../per-process'

const INTERFACES = ['@next/request-context', '@vercel/request-context']

/** Calls `flush` after each response of a platform that waits for it. Elsewhere nothing is done. Gives a function that ends it. */
export function flushAfterResponses(flush: () => Promise<void>): () => void {
  return onRequestStart(({ response }) => {
    if (!INTERFACES.some((name) => processSymbol(name) !== undefined)) return
    const { writeHead } = response
    let isDone = false
    // The interface knows the request by the context in which it is asked: that of what answers it.
    response.writeHead = ((...head: Parameters<typeof writeHead>) => {
      if (!isDone) {
        isDone = true
        response.setMaxListeners(response.getMaxListeners() + 1)
        waitFor(() => new Promise((resolve) => response.once('close', resolve)).then(flush))
      }
      return Reflect.apply(writeHead, response, head)
    }) as typeof writeHead
  })
}

/** Begins the work if the platform waits for it. It is somebody else's, and must not harm the request. */
function waitFor(begin: () => Promise<void>): void {
  for (const name of INTERFACES) {
    try {
      const context = contextOf(processSymbol(name))
      const waitUntil: unknown = Reflect.get(context, 'waitUntil')
      if (typeof waitUntil !== 'function') continue
      Reflect.apply(waitUntil, context, [begin()])
      return
    } catch {
      // The next flush has what this one would have sent.
    }
  }
}

/** What it knows of the request that is being answered; an empty object for none. */
function contextOf(platform: unknown): object {
  const get: unknown = Reflect.get(Object(platform), 'get')
  return Object(typeof get === 'function' ? Reflect.apply(get, platform, []) : undefined)
}
