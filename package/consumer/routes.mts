// The route files of an app of Next, and an app with metrics of prom-client's own.
import { mergeRegistry } from 'hearth-metrics/metrics'
import { createRoutes } from 'hearth-metrics/next'
import { createApiRoute } from 'hearth-metrics/pages'
import type { NextApiHandler } from 'next'
import type { NextRequest } from 'next/server'
import { register } from 'prom-client'

export { GET, HEAD, OPTIONS, POST } from 'hearth-metrics/next'
export { default } from 'hearth-metrics/pages'

type Handler = (request: NextRequest, context: { params: Promise<{ path?: string[] }> }) => Promise<Response>

const routes = createRoutes({ authorize: (request) => request.headers.has('cookie') })
export const get: Handler = routes.GET
export const api: NextApiHandler = createApiRoute()

mergeRegistry(register)
