// Hearth in any Node server: a listener to mount, and functions to report the routes and errors of a framework.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { setRoute } from '@/server/instrument/framework-route'
import type { HearthOptions } from './hosted'
import { openLater, requireBase } from './hosted'

export { recordError } from '@/server/instrument/framework-error'
export { setRoute } from '@/server/instrument/framework-route'

/** What Express adds where it takes the mount path off the URL. */
type MountedRequest = IncomingMessage & { originalUrl?: string; baseUrl?: string }

/**
 * A listener for `app.use('/hearth', hearthListener())` of Express and Connect, or for a server of node:http with `base`.
 * Requests beside the base path go to `next`, or are answered with 404 where there is none. Throws a TypeError for a base
 * that is no path.
 */
export function hearthListener({ base = '/hearth', authorize }: HearthOptions = {}) {
  requireBase(base)
  const answer = openLater(authorize)
  return (request: MountedRequest, response: ServerResponse, next?: () => void): void => {
    const mounted = request.originalUrl === undefined ? base : (request.baseUrl ?? '') || base
    const url = request.originalUrl ?? request.url ?? '/'
    const [path = ''] = url.split('?', 1)
    if (next !== undefined && path !== mounted && !path.startsWith(`${mounted}/`)) {
      next()
      return
    }
    request.url = url
    setRoute(request, '(hearth)')
    void getRequestListener((asked) => answer(asked, mounted), { overrideGlobalObjects: false })(request, response)
  }
}
