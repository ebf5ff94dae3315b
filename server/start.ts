// What happens once, when the process starts.
import type { Env } from './env'
import { env } from './env'
import { collect } from './exposition/collect'
import { measureRequests } from './instrument/measure-requests'
import { metrics } from './instrument/metrics'
import { processRegistry } from './instrument/registry'
import { declareRuntimeMetrics } from './instrument/runtime-metrics'
import { perProcess } from './per-process'
import { setProcessScrape } from './scrape/process-scrape'
import { createScrapeLoop } from './scrape/scrape-loop'
import { shutdownSignal } from './shutdown'
import { processStorage } from './storage/process-storage'

/**
 * Starts to measure and to remember. Later calls in the same process change nothing. A wrong environment ends the
 * process with the list of what is wrong.
 */
export function start(): void {
  perProcess('start', () => {
    const { port, scrapeIntervalMs } = environment()
    // Next tells its own origin, which knows of --hostname and of a port that was taken.
    const origin = process.env.__NEXT_PRIVATE_ORIGIN ?? `http://localhost:${port}`
    shutdownSignal()
    declareRuntimeMetrics(processRegistry())
    measureRequests(metrics())
    scrapeThisProcess(new URL(origin).host, scrapeIntervalMs)
    console.log(`Hearth: dashboard at ${origin}/dashboard, metrics at ${origin}/metrics`)
    return true
  })
}

/** `instance` is the host and port where a Prometheus would find this process. */
function scrapeThisProcess(instance: string, intervalMs: number): void {
  const countsSinceMs = Math.floor(performance.timeOrigin)
  const thisProcess = { job: 'hearth', instance, collect: () => collect(processRegistry()), countsSinceMs }
  const loop = createScrapeLoop({ intervalMs, targets: [thisProcess], sink: processStorage() })
  setProcessScrape(loop)
  loop.start()
}

function environment(): Env {
  try {
    return env()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
