// The template of a request's route in servers that are no Next app, where their framework tells it.
import type { IncomingMessage } from 'node:http'

const ROUTE = Symbol.for('hearth.route')

type Framework = { [ROUTE]?: string; route?: { path?: unknown }; baseUrl?: unknown }

/** Says which route a request is for, as a template such as `/users/:id`: never a path that a client has chosen. */
export function setRoute(request: IncomingMessage, template: string): void {
  Object.assign(request, { [ROUTE]: template })
}

/**
 * What was said with `setRoute`, or Express's `req.route`, which it sets on the request itself. Where a router was mounted,
 * Express knows the path that was asked and not the template, so `(router)` stands for it. Undefined where nobody tells.
 */
export function frameworkRoute(request: IncomingMessage): string | undefined {
  const { [ROUTE]: said, baseUrl, route } = request as Framework
  if (said !== undefined) return said
  if (route?.path === undefined) return undefined
  const template = [route.path].flat().map(String).join(' ')
  return typeof baseUrl === 'string' && baseUrl !== '' ? `(router)${template}` : template
}
