// The route template of a request in servers other than Next, if their framework provides it.
import type { IncomingMessage } from 'node:http'
import { expressRoute } from './express-route'

/** Of all that Hearth itself answers on a port of the app. */
export const OWN_ROUTE = '(hearth)'

const ROUTE = Symbol.for('hearth.route')

type Told = { [ROUTE]?: string }

/** Says which route a request is for, as a template such as `/users/:id`: never a path that a client has chosen. */
export function setRoute(request: IncomingMessage, template: string): void {
  // A regular expression is a path to some frameworks.
  Object.assign(request, { [ROUTE]: String(template) })
}

/** What was said with `setRoute`, or what Express notes on the request itself. Undefined where nobody tells. */
export function frameworkRoute(request: IncomingMessage): string | undefined {
  return (request as Told)[ROUTE] ?? expressRoute(request)
}
