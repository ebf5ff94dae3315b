// Starts Hearth in an app that is not this repository's: it measures, and answers on a port of its own.
import { viewQuestion } from '@/app/dashboard/view-question'
import { env } from '@/server/env'
import { perProcess } from '@/server/per-process'
import { start } from '@/server/start'
import { createDashboard } from '@/server/web/dashboard'
import { DEFAULT_PORT, listenOnOwnPort } from '@/server/web/own-port'
import { processDoor } from '@/server/web/process-door'
import { createWeb } from '@/server/web/web'

export function startInApp(): void {
  start(false)
  const environment = env()
  const port = environment.ownPort === 'unset' ? DEFAULT_PORT : environment.ownPort
  if (port === undefined) return
  perProcess('own-port', () => {
    const web = createWeb({ base: '', door: processDoor(), ...createDashboard(viewQuestion) })
    return listenOnOwnPort(web, environment, port)
  })
}
