// The same for the Pages Router: pages/api/hearth/[[...path]].ts has
//   export { default } from 'hearth-metrics/pages'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
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
        const { pathname } = new URL(asked.url)
        const base = /^.*?\/api\/[^/]+/.exec(pathname)?.[0] ?? ''
        return answer(withParsedBody(asked, request.body), base)
      },
      { overrideGlobalObjects: false },
    )
    await listener(request, response)
  }
}

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
