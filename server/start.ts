// What happens once, when the process starts.
import type { Env } from './env'
import { env } from './env'
import { measureRequests } from './instrument/measure-requests'
import { metrics } from './instrument/metrics'
import { processRegistry } from './instrument/registry'
import { declareRuntimeMetrics } from './instrument/runtime-metrics'
import { perProcess } from './per-process'
import { shutdownSignal } from './shutdown'

/**
 * Starts to measure and to remember. Later calls in the same process change nothing. A wrong environment ends the
 * process with the list of what is wrong.
 */
export function start(): void {
  perProcess('start', () => {
    const { port } = environment()
    shutdownSignal()
    declareRuntimeMetrics(processRegistry())
    measureRequests(metrics())
    // Next tells its own origin, which knows of --hostname and of a port that was taken.
    const origin = process.env.__NEXT_PRIVATE_ORIGIN ?? `http://localhost:${port}`
    console.log(`Hearth: dashboard at ${origin}/dashboard, metrics at ${origin}/metrics`)
    return true
  })
}

function environment(): Env {
  try {
    return env()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
