// The package's main entry: what instrumentation.ts exports, and the handler for whatever server there is.
import { recordRequestError } from '@/server/instrument/request-error'
import { perProcess } from '@/server/per-process'
import { createAppDoor } from '@/server/web/process-door'
import { begin } from './begin'
import { createHandler } from './handler'

/**
 * Starts to measure every request of this process, and answers on a port of its own: HEARTH_PORT, 9464 unless it is set,
 * none where it is empty. Later calls change nothing. An environment that is wrong ends the process with the list of what
 * is wrong. Next calls it once for each server.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'edge') return
  begin({ isThisApp: false })
}

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

/** Records an error that Next caught, as one of `exceptions_total` and in the list of the newest. Never rejects. */
export const onRequestError: RequestErrorHook = async (...report) => {
  if (process.env.NEXT_RUNTIME === 'edge') return
  await recordRequestError(...report)
}

export type HearthOptions = {
  /** The path below which everything lies, such as `/hearth`: empty for the root. */
  base?: string
  /**
   * Whether a request may look, as the app's own session knows. Asked where HEARTH_TOKEN was not brought; without both, in
   * production, nobody may.
   */
  authorize?: (request: Request) => boolean | Promise<boolean>
}

/** The dashboard, /metrics, the Prometheus HTTP API and what the page needs, below `base`. `fetch` never rejects. */
export function createHearth({ base = '/hearth', authorize }: HearthOptions = {}): {
  fetch(request: Request): Promise<Response>
} {
  if (!/^(?:\/[^/?#\s]+)*$/.test(base)) {
    throw new TypeError(
      `expected a path such as /hearth as the base, without a slash at its end, got ${JSON.stringify(base)}`,
    )
  }
  return { fetch: createHandler(createAppDoor(authorize), base) }
}

/** The same with nothing said: below /hearth, for whoever has HEARTH_TOKEN. */
export const hearth = {
  fetch: (request: Request): Promise<Response> => perProcess('hearth', createHearth).fetch(request),
}
