// The access rules of this process, from its environment, and the line about them that it prints at its start.
import type { Env } from '../env'
import { env } from '../env'
import { perProcess } from '../per-process'
import type { Door, DoorOptions } from './door'
import { createDoor } from './door'
import { isLoopbackHost } from './peer'

/**
 * Of the port of its own, and of this repository's app. In production nobody is trusted for being on the machine where
 * the server listens to others as well: a proxy on the same machine makes all the world look like that.
 */
export function processDoor(): Door {
  return perProcess('door', () => createDoor({ ...credentials(env()), trusts: isDevelopment() ? 'here' : 'here-only' }))
}

/** Of an app's own port, where the app's own visitors come: in production only credentials count. */
export function createAppDoor(authorize?: DoorOptions['authorize']): Door {
  return createDoor({ ...credentials(env()), authorize, trusts: isDevelopment() ? 'here' : 'nobody' })
}

/** A sentence. `host` is where the server listens; `localhost` is also what Next calls all addresses. */
export function whoMayLook({ metricsToken, token }: Env, host: string): string {
  if (token !== undefined) return 'Whoever has HEARTH_TOKEN may look.'
  if (metricsToken !== undefined) return 'METRICS_TOKEN opens /metrics, and nothing else: set HEARTH_TOKEN to look.'
  if (!isLoopbackHost(hostInUrl(host))) return 'Nobody may look yet: set HEARTH_TOKEN.'
  if (host === 'localhost' && !isDevelopment()) {
    return 'Only this machine may look, and only if the server listens on no other address: else set HEARTH_TOKEN.'
  }
  return 'Only this machine may look: set HEARTH_TOKEN for others.'
}

/** As it stands in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

const credentials = ({ metricsToken, origins, token }: Env) => ({ metricsToken, origins, token })

const isDevelopment = (): boolean => process.env.NODE_ENV === 'development'
