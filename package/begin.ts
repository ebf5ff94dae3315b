// How a process begins to measure and to answer: of an app with the package, and of this repository's app.
import type { Env } from '@/server/env'
import { env } from '@/server/env'
import { logInfo } from '@/server/log'
import { addOwnMount } from '@/server/own-mounts'
import { perProcess } from '@/server/per-process'
import { start } from '@/server/start'
import { thisProcess } from '@/server/this-process'
import type { GuardedPages } from '@/server/web/guard-pages'
import { DEFAULT_PORT, listenOnOwnPort } from '@/server/web/own-port'
import { createAppDoor, processDoor, whoMayLookThere } from '@/server/web/process-door'
import { keptAnswer } from '@/server/web/security-headers'
import { createHandler } from './handler'
import type { Answer, HearthOptions } from './hosted'
import { host } from './hosted'

/**
 * Later calls in the same process change nothing. With `pages`, as in this repository's app, there is a port of its own only
 * where HEARTH_PORT is set.
 */
export function begin(pages?: GuardedPages): void {
  start(pages)
  host().open ??= openOnAppPort
  perProcess('own-port', () => {
    const environment = env()
    const port = portOf(environment, pages)
    if (port !== undefined) listenOnOwnPort(createHandler(processDoor(), ''), environment, port)
    else if (pages === undefined) logInfo(NO_PORT)
    return true
  })
}

const NO_PORT =
  'measures this app, and HEARTH_PORT is empty: the dashboard is where the app has mounted it, which is said once it is asked there.'

function portOf({ ownPort }: Env, pages: GuardedPages | undefined): number | undefined {
  if (ownPort !== 'unset') return ownPort
  return pages === undefined ? DEFAULT_PORT : undefined
}

/** What a route file, an API route or a listener answers with. Where it lies is known by its requests, and said at the first. */
function openOnAppPort(authorize: HearthOptions['authorize']): Answer {
  const door = createAppDoor(authorize)
  return async (request, base, publicBase = base) => {
    tellOf(publicBase, authorize)
    return keptAnswer(request, await createHandler(door, base, publicBase)(request))
  }
}

function tellOf(path: string, authorize: HearthOptions['authorize']): void {
  if (!addOwnMount(path)) return
  const { isOriginKnown, origin } = thisProcess()
  const there = `${isOriginKnown ? origin : ''}${path || '/'}`
  const also = env().ownPort === undefined ? '' : ' also'
  logInfo(`dashboard${also} at ${there}, on the port of the app. ${whoMayLookThere(env(), authorize)}`)
}
