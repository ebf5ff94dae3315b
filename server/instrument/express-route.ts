// The complete template of a route that Express 4 or 5 has found. Express stores the requested path (`baseUrl`) on a request,
// not the templates of the mounts before the route. So we search its routers for the route; they have the mounts' templates.
import type { IncomingMessage } from 'node:http'
import type { Mount } from './express-mount'
import { takeMount } from './express-mount'

/** How many routers within one another are gone through: one may be mounted in itself. */
const DEPTH_LIMIT = 8
/** In how many places a route is looked for: a router may be mounted many times. */
const PLACES_LIMIT = 64
/** A client says how many slashes a path has. */
const STARTS_LIMIT = 32

type Route = { path?: unknown }

type Layer = Mount & { route?: Route; handle?: Stacked }

/** A router, or an app, whose router is `_router` in Express 4 and `router` in Express 5. */
type Stacked = { stack?: readonly Layer[]; _router?: Stacked; router?: Stacked }

type App = Stacked & { parent?: App; mountpath?: unknown }

type ExpressRequest = { route?: Route; baseUrl?: unknown; originalUrl?: string; app?: App }

/** The layers that a request passes on its way to a route, outermost first. */
type Place = readonly Layer[]

const placesIn = new WeakMap<App, WeakMap<Route, readonly Place[]>>()

/** The app that a route was last found in: an error that has left an app within another one leaves no trace of it. */
const homeOf = new WeakMap<Route, App>()

/**
 * Such as `/api/users/:id`, in the app's own words: a client has chosen nothing of it. Where Express doesn't tell the mounts
 * before the route, `(router)` stands for them. Undefined where it has found no route.
 */
export function expressRoute(request: IncomingMessage): string | undefined {
  const { app, baseUrl, originalUrl = '', route } = request as ExpressRequest
  if (route?.path === undefined) return undefined
  const own = typeof route.path === 'string' ? route.path : [route.path].flat().map(String).join(' ')
  const base = typeof baseUrl === 'string' ? baseUrl : ''
  const mounts = app && mountsBefore(route, app, base, originalUrl)
  if (mounts === undefined) return base === '' ? own : `(router)${own}`
  return own === '/' && mounts !== '' ? mounts : mounts + own
}

function mountsBefore(route: Route, app: App, base: string, url: string): string | undefined {
  if (placesOf(route, app).length > 0) homeOf.set(route, app)
  const home = homeOf.get(route) ?? app
  const places = placesOf(route, home)
  const appMounts = mountsOfApp(home)
  if (appMounts === undefined || (appMounts === '' && base === '' && isUnmounted(places))) return appMounts
  const within = appMounts !== ''
  const [path = ''] = url.split('?', 1)
  const byBase = () => wordsOf(places, base, { within, isWhole: true })
  // What a handler throws has left its router when it is answered: `baseUrl` is what it was outside of it.
  const byPath = () => wordsOf(places, path, { within, isWhole: false })
  const mounts = base === '' ? (byPath() ?? byBase()) : (byBase() ?? byPath())
  return mounts === undefined ? undefined : appMounts + mounts
}

const isUnmounted = (places: readonly Place[]): boolean => places.length === 1 && places[0]?.length === 0

/**
 * The words of the first place whose mounts take the `path`, all of it where it `isWhole`. What an app `within` another one
 * is mounted at may come before.
 */
function wordsOf(places: readonly Place[], path: string, { within, isWhole }: { within: boolean; isWhole: boolean }) {
  const starts = within ? startsIn(path) : [0]
  for (const place of places) {
    if (place.length === 0 && !isWhole) continue
    for (const start of starts) {
      const taken = takeAll(place, path.slice(start))
      if (taken !== undefined && (taken.rest === '' || !isWhole)) return taken.words
    }
  }
  return undefined
}

/** Where a part of the path may begin that is a path itself, the empty one at its end included. */
function startsIn(path: string): number[] {
  const starts = [path.length]
  for (let at = path.indexOf('/'); at >= 0 && starts.length < STARTS_LIMIT; at = path.indexOf('/', at + 1)) {
    starts.push(at)
  }
  return starts
}

function takeAll(place: Place, path: string): { words: string; rest: string } | undefined {
  let [words, rest] = ['', path]
  for (const layer of place) {
    const taken = takeMount(layer, rest || '/')
    if (taken === undefined) return undefined
    words += withoutSlash(taken.words)
    rest = rest.slice(taken.length)
  }
  return { words, rest }
}

function placesOf(route: Route, app: App): readonly Place[] {
  const known = placesIn.get(app) ?? new WeakMap<Route, readonly Place[]>()
  placesIn.set(app, known)
  const places = known.get(route) ?? findPlaces(route, app)
  known.set(route, places)
  return places
}

function findPlaces(route: Route, app: App): Place[] {
  const places: Place[] = []
  function search(stacked: Stacked | undefined, passed: Place): void {
    for (const layer of stackOf(stacked)) {
      if (places.length >= PLACES_LIMIT) return
      if (layer.route === route) places.push(passed)
      else if (layer.route === undefined && passed.length < DEPTH_LIMIT) search(layer.handle, [...passed, layer])
    }
  }
  search(app, [])
  return places
}

function stackOf(stacked: Stacked | undefined): readonly Layer[] {
  return stacked?.stack ?? stacked?._router?.stack ?? routerOf(stacked)?.stack ?? []
}

/** In Express 4, asking an app for it throws. */
function routerOf(stacked: Stacked | undefined): Stacked | undefined {
  try {
    return stacked?.router
  } catch {
    return undefined
  }
}

/** What an app is mounted at in others; undefined where that isn't one path. */
function mountsOfApp({ mountpath, parent }: App): string | undefined {
  if (parent === undefined) return ''
  const before = mountsOfApp(parent)
  if (before === undefined || !(typeof mountpath === 'string' || mountpath instanceof RegExp)) return undefined
  return before + withoutSlash(String(mountpath))
}

const withoutSlash = (words: string): string => words.replace(/\/$/, '')
