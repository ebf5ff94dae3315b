// The package in an app that knows nothing of Next.
import { createServer } from 'node:http'
import { createHearth, hearth, onRequestError, register } from 'hearth-metrics'
import { hearthListener, setRoute } from 'hearth-metrics/node'

await register()
await onRequestError(
  new Error('unexpected'),
  { path: '/', method: 'GET', headers: {} },
  { routerKind: 'App Router', routePath: '/', routeType: 'render', revalidateReason: undefined },
)

const listener = hearthListener({ base: '/hearth', authorize: async (request) => request.headers.has('x-user') })
createServer((request, response) => {
  setRoute(request, '/users/:id')
  listener(request, response)
})

export const answer: Promise<Response> = hearth.fetch(new Request('http://localhost/hearth'))
export const own = createHearth({ base: '/status', authorize: () => true })
// @ts-expect-error a base that is no text
createHearth({ base: 1 })
