// The package's types as an app of Next meets them: `npm run package` compiles this folder against what it has built.
import { onRequestError, register } from 'hearth-metrics'
import type { Instrumentation } from 'next'

export const registering: Promise<void> = register()
export const hook: Instrumentation.onRequestError = onRequestError
