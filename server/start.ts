// What happens once, when the process starts.
import { env } from './env'
import { collect } from './exposition/collect'
import { measureRequests } from './instrument/measure-requests'
import { metrics } from './instrument/metrics'
import { processRegistry } from './instrument/registry'
import { declareRuntimeMetrics } from './instrument/runtime-metrics'
import { perProcess } from './per-process'
import { setProcessScrape } from './scrape/process-scrape'
import { createScrapeLoop } from './scrape/scrape-loop'
import type { Target } from './scrape/target'
import { shutdownSignal } from './shutdown'
import { processStorage } from './storage/process-storage'

/** How long the metrics of this process may take to be collected: Prometheus's default for a scrape. */
const OWN_TIMEOUT_MS = 10_000

/**
 * Starts to measure and to remember. Later calls in the same process change nothing. A wrong environment ends the
 * process with the list of what is wrong.
 */
export function start(): void {
  perProcess('start', () => {
    const { port, scrapeIntervalMs } = orExit(env)
    // Next tells its own origin, which knows of --hostname and of a port that was taken.
    const origin = process.env.__NEXT_PRIVATE_ORIGIN ?? `http://localhost:${port}`
    shutdownSignal()
    declareRuntimeMetrics(processRegistry())
    measureRequests(metrics())
    scrapeTargets(origin, scrapeIntervalMs)
    console.log(`Hearth: dashboard at ${origin}/dashboard, metrics at ${origin}/metrics`)
    return true
  })
}

function scrapeTargets(origin: string, intervalMs: number): void {
  const thisProcess: Target = {
    job: 'hearth',
    // The host and port where a Prometheus would find this process.
    instance: new URL(origin).host,
    url: `${origin}/metrics`,
    timeoutMs: OWN_TIMEOUT_MS,
    collect: () => collect(processRegistry()),
    countsSinceMs: Math.floor(performance.timeOrigin),
  }
  const loop = createScrapeLoop({ intervalMs, thisProcess, sink: processStorage() })
  setProcessScrape(loop)
  loop.start()
}

/** Ends the process, saying why, where its environment can't be worked with. */
function orExit<T>(attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
