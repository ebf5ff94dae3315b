// The end of the process: what it has to do before Next, which waits for all connections without limit, lets it go.
import { setMaxListeners } from 'node:events'
import { followHttpConnections } from './http-connections'
import { perProcess } from './per-process'

/**
 * Aborted at the first SIGTERM or SIGINT of this process: open streams must end themselves then. Other connections are
 * closed once nothing can come of them. Next's own handler runs as well, and exits when the last one is closed. Only a
 * running server may ask for it: a listener replaces Node's default, which is to die.
 */
export function shutdownSignal(): AbortSignal {
  return perProcess('shutdown', listen)
}

function listen(): AbortSignal {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const connections = followHttpConnections()
  const shutDown = () => {
    controller.abort()
    connections.end()
  }
  process.once('SIGTERM', shutDown)
  process.once('SIGINT', shutDown)
  return controller.signal
}
