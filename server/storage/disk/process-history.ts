// The history of this process, the same in every copy of this module.
import type { Env } from '../../env'
import { env } from '../../env'
import { processWorkers } from '../../exposition/workers/process-workers'
import { perProcess } from '../../per-process'
import { firstScrapeMs } from '../../scrape/process-scrape'
import { processStorage } from '../process-storage'
import type { History } from './history'
import { createHistory } from './history'

/** Undefined where nothing is to be on disk: without a DATA_DIR, or where a Prometheus remembers. */
export function processHistory(): History | undefined {
  return perProcess('history', () => ({ history: historyOf(env()) })).history
}

function historyOf(environment: Env): History | undefined {
  const { dataDir, dataLimitBytes, flushIntervalMs, prometheusUrl, scrapeIntervalMs } = environment
  if (dataDir === undefined || prometheusUrl !== undefined) return undefined
  return createHistory({
    directory: dataDir,
    memory: processStorage(),
    flushIntervalMs,
    limitBytes: dataLimitBytes,
    endsAfterMs: scrapeIntervalMs,
    get startedAtMs() {
      const startedAtMs = Math.floor(performance.timeOrigin)
      // Others have stored the app's samples up to the first ones that this process has.
      const isLate = (processWorkers()?.countsSinceMs() ?? startedAtMs) < startedAtMs
      return isLate ? (firstScrapeMs() ?? Date.now()) : startedAtMs
    },
  })
}
