// The package in an app that knows nothing of Next.
import { onRequestError, register } from 'hearth-metrics'

await register()
await onRequestError(
  new Error('unexpected'),
  { path: '/', method: 'GET', headers: {} },
  {
    routerKind: 'App Router',
    routePath: '/',
    routeType: 'render',
    revalidateReason: undefined,
  },
)
