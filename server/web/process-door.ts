// The access rules of this process, from its environment, and the line about them that it prints at its start.
import type { Env } from '../env'
import { env } from '../env'
import { perProcess } from '../per-process'
import { variableName } from '../variable-name'
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
export function whoMayLook(environment: Env, host: string): string {
  const told = whoHasToken(environment)
  if (told !== undefined) return told
  if (!isLoopbackHost(hostInUrl(host))) return 'Nobody may look yet: set HEARTH_TOKEN.'
  if (host === 'localhost' && !isDevelopment()) {
    return 'Only this machine may look, and only if the server listens on no other address: else set HEARTH_TOKEN.'
  }
  return 'Only this machine may look: set HEARTH_TOKEN for others.'
}

/** The same of the app's own port. */
export function whoMayLookThere(environment: Env, authorize: DoorOptions['authorize']): string {
  const { token } = environment
  if (authorize !== undefined) {
    return `Whoever the app lets in${token === undefined ? '' : ', or has HEARTH_TOKEN,'} may look.`
  }
  const told = whoHasToken(environment)
  if (told !== undefined) return told
  if (isDevelopment()) return 'Only this machine may look: set HEARTH_TOKEN for others.'
  return 'Nobody may look yet: set HEARTH_TOKEN, or let the app decide (authorize).'
}

/** Undefined where neither token is set. */
function whoHasToken({ metricsToken, token, wrongTokens }: Env): string | undefined {
  if (token !== undefined) return 'Whoever has HEARTH_TOKEN may look.'
  const [wrong] = wrongTokens
  const others = wrong === undefined ? 'set HEARTH_TOKEN to look' : `nobody may look, as ${wrong} is wrong`
  if (metricsToken !== undefined) return `${variableName('METRICS_TOKEN')} opens /metrics, and nothing else: ${others}.`
  return wrong === undefined ? undefined : `Nobody may look, as the variable ${wrong} is wrong.`
}

/** As it stands in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

function credentials({ metricsToken, origins, token, wrongTokens }: Env) {
  return { metricsToken, origins, token, wrongTokens }
}

const isDevelopment = (): boolean => process.env.NODE_ENV === 'development'
