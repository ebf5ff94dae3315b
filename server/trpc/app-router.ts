// The whole API to the browser.
import { errorsRouter } from './errors-router'
import { router } from './init'
import { metricsRouter } from './metrics-router'

export const appRouter = router({ metrics: metricsRouter, errors: errorsRouter })

export type AppRouter = typeof appRouter
