// The routes of requests that failed: where Next answers with a page for errors, that page is what it takes the request to be for.
import { perProcess } from '../per-process'

const routes = () => perProcess('failed-routes', () => new WeakMap<object, string>())

/** `headers` is Node's own object, which Next hands on. The route is a template such as `/users/[id]`. */
export function setFailedRoute(headers: object, route: string): void {
  routes().set(headers, route)
}

/** Undefined where nothing has failed. */
export function failedRoute(headers: object): string | undefined {
  return routes().get(headers)
}
