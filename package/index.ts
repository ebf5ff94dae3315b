// What an app writes into its instrumentation.ts: `export { register, onRequestError } from 'hearth-metrics'`.

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

/** Starts to measure, and to answer on a port of its own. Later calls in the same process change nothing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'edge') return
  const { startInApp } = await import('./start-in-app')
  startInApp()
}

/** Records what Next caught while it answered a request. */
export const onRequestError: RequestErrorHook = async (...report) => {
  if (process.env.NEXT_RUNTIME === 'edge') return
  const { recordRequestError } = await import('@/server/instrument/request-error')
  await recordRequestError(...report)
}
