// The whole of a route file on the app's own port: app/hearth/[[...path]]/route.ts has
//   export { GET, POST, HEAD, OPTIONS } from 'hearth-metrics/next'
import type { HearthOptions } from './hosted'
import { openLater } from './hosted'

/** Of Next 15 on; before, the params are no promise. */
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> }

type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>

/** The handlers of the route file, where the app's own session is to decide who may look. */
export function createRoutes({
  authorize,
}: Pick<HearthOptions, 'authorize'> = {}): Record<'GET' | 'HEAD' | 'OPTIONS' | 'POST', RouteHandler> {
  const open = openLater(authorize)
  const answer: RouteHandler = async (request, context) => {
    // Other parameters, such as a language before it, are single segments.
    const rest = Object.values(await context.params).find(Array.isArray)
    const { base, publicBase } = basesOf(request, rest?.length ?? 0)
    return open(request, base, publicBase)
  }
  return { GET: answer, HEAD: answer, OPTIONS: answer, POST: answer }
}

/** The path of the folder that the route file lies in, as the request has it, and as browsers know it. */
function basesOf(request: Request, segmentsBelow: number): { base: string; publicBase: string } {
  const segments = new URL(request.url).pathname.replace(/\/$/, '').split('/')
  const base = segments.slice(0, segments.length - segmentsBelow).join('/')
  // Next writes it into what it bundles, and `nextUrl` of a handler doesn't know it in every version.
  const bundled = process.env.__NEXT_ROUTER_BASEPATH
  const basePath = bundled || Reflect.get(Reflect.get(request, 'nextUrl') ?? {}, 'basePath')
  const isMissing = typeof basePath === 'string' && basePath !== '' && !`${base}/`.startsWith(`${basePath}/`)
  return { base, publicBase: isMissing ? basePath + base : base }
}

export const { GET, HEAD, OPTIONS, POST } = createRoutes()
