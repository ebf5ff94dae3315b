// How a process begins to measure and to answer: of an app with the package, and of this repository's app.
import { env } from '@/server/env'
import { perProcess } from '@/server/per-process'
import { start } from '@/server/start'
import { DEFAULT_PORT, listenOnOwnPort } from '@/server/web/own-port'
import { processDoor } from '@/server/web/process-door'
import { createHandler } from './handler'

/**
 * Later calls in the same process change nothing. This repository's app has its pages on the app's port, and a port of its
 * own only where HEARTH_PORT is set.
 */
export function begin({ isThisApp }: { isThisApp: boolean }): void {
  start(isThisApp)
  perProcess('own-port', () => {
    const { ownPort } = env()
    const port = ownPort === 'unset' && !isThisApp ? DEFAULT_PORT : ownPort
    if (typeof port === 'number') listenOnOwnPort(createHandler(processDoor(), ''), env(), port)
    return true
  })
}
