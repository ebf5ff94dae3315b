// Tells open streams that the process is about to end: Next waits for them without limit, so they must end themselves.
import { setMaxListeners } from 'node:events'
import { onResponseFinish } from './http-channels'
import { perProcess } from './per-process'

/**
 * Aborted at the first SIGTERM or SIGINT of this process. Next's own handler runs as well, and exits once the last
 * connection is closed. Only a running server may ask for it: a listener replaces Node's default, which is to die.
 */
export function shutdownSignal(): AbortSignal {
  return perProcess('shutdown', listen)
}

function listen(): AbortSignal {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const shutDown = () => {
    controller.abort()
    // A closing server closes the connections that are idle at that moment. One that falls idle later would be kept
    // alive for seconds, and the process with it.
    onResponseFinish(({ server }) => void setImmediate(() => server.closeIdleConnections()))
  }
  process.once('SIGTERM', shutDown)
  process.once('SIGINT', shutDown)
  return controller.signal
}
