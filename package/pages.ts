// The same for the Pages Router: pages/api/hearth/[[...path]].ts has
//   export { default } from 'hearth-metrics/pages'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { askedPath } from '@/server/instrument/next-notes'
import type { HearthOptions } from './hosted'
import { openLater } from './hosted'

/** What Next adds to a request of an API route: the body as it has parsed it, and the segments among the query. */
type ApiRequest = IncomingMessage & { body?: unknown; query?: Record<string, string | string[] | undefined> }

type ApiRoute = (request: ApiRequest, response: ServerResponse) => Promise<void>

/** The API route, where the app's own session is to decide who may look. */
export function createApiRoute({ authorize }: Pick<HearthOptions, 'authorize'> = {}): ApiRoute {
  const answer = openLater(authorize)
  return async (request, response) => {
    const listener = getRequestListener(
      (asked) => {
        const { base, publicBase } = basesOf(request, new URL(asked.url).pathname)
        return answer(withParsedBody(asked, request.body), base, publicBase)
      },
      { overrideGlobalObjects: false },
    )
    await listener(request, response)
  }
}

/** The path of the folder that the API route lies in, as the request has it, and as browsers know it. */
function basesOf(request: ApiRequest, pathname: string): { base: string; publicBase: string } {
  const path = withoutSlash(pathname)
  const segments = path.split('/')
  const base = segments.slice(0, segments.length - segmentsBelow(segments, request.query)).join('/')
  // Next has taken its basePath off.
  const asked = withoutSlash(askedPath(request) ?? path)
  return { base, publicBase: asked.endsWith(path) ? asked.slice(0, asked.length - path.length) + base : base }
}

/** How many the catch-all has taken. A name that a client repeats in its query is no end of the path, or a shorter one. */
function segmentsBelow(segments: readonly string[], query: ApiRequest['query'] = {}): number {
  const taken = Object.values(query).filter((value) => Array.isArray(value))
  return Math.max(0, ...taken.filter((words) => isEnd(words, segments)).map(({ length }) => length))
}

function isEnd(words: readonly string[], segments: readonly string[]): boolean {
  const end = segments.slice(-words.length)
  return words.every((word, i) => word === decoded(end[i] ?? ''))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const withoutSlash = (path: string): string => path.replace(/\/$/, '')

/** Next has read the body unless the route's config says otherwise. */
function withParsedBody(request: Request, body: unknown): Request {
  if (request.method !== 'POST' || body === undefined) return request
  const isJson = request.headers.get('content-type')?.includes('json') === true
  const text = typeof body === 'string' ? body : isJson ? JSON.stringify(body) : toForm(body)
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  return new Request(request.url, { method: 'POST', headers, body: text })
}

function toForm(body: unknown): string {
  const form = new URLSearchParams()
  for (const [name, values] of Object.entries(body ?? {})) {
    for (const value of Array.isArray(values) ? values : [values]) form.append(name, String(value))
  }
  return form.toString()
}

export default createApiRoute()
