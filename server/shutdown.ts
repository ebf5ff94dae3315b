// The end of the process: what it has to do before Next, which waits for all connections without limit, lets it go.
import { setMaxListeners } from 'node:events'
import { constants } from 'node:os'
import { followHttpConnections } from './http-connections'
import { perProcess } from './per-process'

/**
 * Aborted at the first SIGTERM or SIGINT of this process: open streams must end themselves then. Other connections are
 * closed once nothing can come of them. Next's own handler runs as well, and exits when the last one is closed. A listener
 * replaces Node's default, which is to die: where nobody else listens, the process is ended here.
 */
export function shutdownSignal(): AbortSignal {
  return perProcess('shutdown', listen)
}

function listen(): AbortSignal {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const connections = followHttpConnections()
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    let isAlone = false
    // Counted before all others: who listens once has left the list when its turn has come.
    process.prependOnceListener(name, () => {
      isAlone = process.listenerCount(name) === 1
    })
    process.once(name, () => {
      controller.abort()
      connections.end()
      if (isAlone) process.exit(128 + constants.signals[name])
    })
  }
  return controller.signal
}
