// Tells open streams that the process is about to end. Next waits for them without limit, so they must end themselves.
import { setMaxListeners } from 'node:events'
import { perProcess } from './per-process'

/**
 * Aborted at the first SIGTERM or SIGINT of this process. Next's own handler runs as well, and exits once the last
 * response is complete. Only a running server may ask for it: a listener replaces Node's default, which is to die.
 */
export function shutdownSignal(): AbortSignal {
  return perProcess('shutdown', listen)
}

function listen(): AbortSignal {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const abort = () => controller.abort()
  process.once('SIGTERM', abort)
  process.once('SIGINT', abort)
  return controller.signal
}
