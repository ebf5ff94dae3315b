// What Next stores on a request while it routes and answers it. This is private to Next and is used only here; e2e/next-errors
// fails if an upgrade changes it.
import type { IncomingMessage } from 'node:http'

/** Whatever isn't there in the expected shape is undefined. */
export type NextNotes = {
  /** Next has looked at the request at all. */
  isSeen: boolean
  /** The template of the page or handler that answers, such as `/users/[id]`; where one failed, that of the error page. */
  matched: string | undefined
  /** The template that was chosen for the path, from those that there are; it stays where an error page answers. */
  chosen: string | undefined
  /** It is in proxy.ts, or was answered there. */
  isInProxy: boolean
}

export function nextNotes(request: IncomingMessage): NextNotes {
  const meta = metaOf(request)
  return {
    isSeen: meta !== undefined,
    matched: template(meta?.match?.definition?.pathname),
    chosen: template(meta?.invokeOutput),
    isInProxy: meta?.middlewareInvoke === true,
  }
}

/** The path that the server was asked for, with the basePath, which Next takes off a request of the Pages Router. */
export function askedPath(request: IncomingMessage): string | undefined {
  const url = metaOf(request)?.initURL
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined
}

type NextMeta = {
  match?: { definition?: { pathname?: unknown } }
  invokeOutput?: unknown
  middlewareInvoke?: unknown
  initURL?: unknown
}

const NEXT_REQUEST_META = Symbol.for('NextInternalRequestMeta')

const metaOf = (request: IncomingMessage) => (request as { [NEXT_REQUEST_META]?: NextMeta })[NEXT_REQUEST_META]

const template = (value: unknown) => (typeof value === 'string' && value.startsWith('/') ? value : undefined)
