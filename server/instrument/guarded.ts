// Measuring never makes a request fail: errors of a hook are caught here, and the first one of each hook is logged.
import { logError } from '../log'

const failed = new Set<string>()

/** `hook`, made safe: a throw is swallowed, and the first one under this name is logged. */
export function guarded<Args extends unknown[]>(name: string, hook: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      hook(...args)
    } catch (error) {
      if (failed.has(name)) return
      failed.add(name)
      logError(`measuring failed in ${name}; the request goes on, and this is logged once.`, error)
    }
  }
}
