// What an app writes into its instrumentation.ts: `export { register, onRequestError } from 'hearth-metrics'`; and the handler
// for whatever server there is. What measures and answers is loaded by `register`.
import { logError } from '@/server/log'
import { processPush } from '@/server/push/process-push'
import type { HearthOptions } from './hosted'
import { openLater, requireBase } from './hosted'

export type { HearthOptions }

export type Hearth = { fetch(request: Request): Promise<Response> }

/** As Next calls it, in its own words. */
export type RequestErrorHook = (
  error: unknown,
  request: Readonly<{ path: string; method: string; headers: NodeJS.Dict<string | string[]> }>,
  context: Readonly<{
    routerKind: 'Pages Router' | 'App Router'
    routePath: string
    routeType: 'render' | 'route' | 'action' | 'proxy'
    renderSource?: 'react-server-components' | 'react-server-components-payload' | 'server-rendering'
    revalidateReason: 'on-demand' | 'stale' | undefined
  }>,
) => Promise<void>

/**
 * Starts to measure every request of this process, and answers on a port of its own: HEARTH_PORT, 9464 unless it is set,
 * none where it is empty. Later calls change nothing. Of variables that are wrong the default is used, which is said on stderr;
 * whatever goes wrong besides is said there as well, and the app goes on: it never rejects. Next calls it once for each server.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'edge') return
  try {
    const { begin } = await import('./begin')
    begin()
  } catch (error) {
    logError('could not begin, so nothing is measured. The app goes on without.', error)
  }
}

/** Records an error that Next caught, as one of `exceptions_total` and in the list of the newest. */
export const onRequestError: RequestErrorHook = async (...report) => {
  if (process.env.NEXT_RUNTIME === 'edge') return
  const { recordRequestError } = await import('@/server/instrument/request-error')
  await recordRequestError(...report)
}

/**
 * The dashboard, /metrics, the Prometheus HTTP API and what the page needs, below `base`. Throws a TypeError for a base that
 * is no path. `fetch` never rejects.
 */
export function createHearth({ base = '/hearth', authorize }: HearthOptions = {}): Hearth {
  requireBase(base)
  const answer = openLater(authorize)
  return { fetch: (request) => answer(request, base) }
}

/**
 * Sends what was counted and not sent yet, where HEARTH_REMOTE_WRITE_URL is set: at the end of a function's handler, before the
 * platform freezes the process. Ends within 2 seconds, and never rejects.
 */
export const flush = async (): Promise<void> => processPush().push?.flush()

/** The same with nothing said: below /hearth, for whoever has HEARTH_TOKEN. */
export const hearth: Hearth = createHearth()
