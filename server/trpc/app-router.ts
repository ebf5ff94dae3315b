// The whole API to the browser.
import { boardsRouter } from './boards-router'
import { errorsRouter } from './errors-router'
import { router } from './init'
import { metricsRouter } from './metrics-router'

export const appRouter = router({ metrics: metricsRouter, errors: errorsRouter, boards: boardsRouter })

export type AppRouter = typeof appRouter
