// The end of the process: what it has to do before Next, which waits for all connections without limit, lets it go.
import { setMaxListeners } from 'node:events'
import { followHttpConnections } from './http-connections'
import { perProcess } from './per-process'

/**
 * Aborted at the first SIGTERM or SIGINT of this process: open streams must end themselves then. Other connections are
 * closed once nothing can come of them. Next's own handler runs as well, and exits when the last one is closed. Where an app
 * has no handler, the process dies of the signal, as it would without us. Only a running server may ask for it.
 */
export function shutdownSignal(): AbortSignal {
  return perProcess('shutdown', listen)
}

function listen(): AbortSignal {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const connections = followHttpConnections()
  const shutDown = (signal: NodeJS.Signals) => {
    controller.abort()
    connections.end()
    // A listener, which ours has been until now, replaces Node's default.
    if (process.listenerCount(signal) === 0) dieOf(signal)
  }
  process.once('SIGTERM', shutDown)
  process.once('SIGINT', shutDown)
  return controller.signal
}

/** What is to be done at the exit of this process is done before. */
function dieOf(signal: NodeJS.Signals): void {
  process.once('exit', () => process.kill(process.pid, signal))
  process.exit()
}
