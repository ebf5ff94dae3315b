// How a process begins to measure and to answer: of an app with the package, and of this repository's app.
import { env } from '@/server/env'
import { perProcess } from '@/server/per-process'
import { start } from '@/server/start'
import type { GuardedPages } from '@/server/web/guard-pages'
import { DEFAULT_PORT, listenOnOwnPort } from '@/server/web/own-port'
import { createAppDoor, processDoor } from '@/server/web/process-door'
import { createHandler } from './handler'
import { host } from './hosted'

/**
 * Later calls in the same process change nothing. With `pages`, as in this repository's app, there is a port of its own only
 * where HEARTH_PORT is set.
 */
export function begin(pages?: GuardedPages): void {
  start(pages)
  host().open ??= (authorize) => {
    const door = createAppDoor(authorize)
    return (request, base, publicBase) => createHandler(door, base, publicBase)(request)
  }
  perProcess('own-port', () => {
    const { ownPort } = env()
    const port = ownPort === 'unset' && pages === undefined ? DEFAULT_PORT : ownPort
    if (typeof port === 'number') listenOnOwnPort(createHandler(processDoor(), ''), env(), port)
    return true
  })
}
