// An app with many routes, as its metrics know it: traffic in a registry, the scrape that reads it, and its storage.
import { collect } from '../server/exposition/collect'
import type { Metrics } from '../server/instrument/metrics'
import { declareMetrics } from '../server/instrument/metrics'
import { createRegistry } from '../server/instrument/registry'
import { declareRuntimeMetrics } from '../server/instrument/runtime-metrics'
import { createEmbeddedQuerier } from '../server/query/embedded-querier'
import type { Querier } from '../server/query/querier'
import { createTargetScraper } from '../server/scrape/target-scraper'
import { createStorage } from '../server/storage/storage'
import { cpuMs } from './cpu-time'

export const INTERVAL_MS = 1000
export const THIS_APP = { job: 'hearth', instance: 'localhost:3000' }

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']
const STATUSES = ['200', '201', '304', '404', '500']
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const REQUESTS_PER_TICK = 100
const BEGIN_MS = 1_700_000_000_000

export type BusyApp = {
  querier: Querier
  seriesCount(): number
  /** A hundred requests, and then a scrape at the next instant, of which both parts are timed, in processor time. */
  tick(): Promise<{ atMs: number; collectMs: number; appendMs: number }>
}

/** `labelSets` is how many combinations of method, route and status have had requests. */
export function createBusyApp(labelSets: number): BusyApp {
  const registry = createRegistry()
  declareRuntimeMetrics(registry)
  const metrics = declareMetrics(registry, BUCKETS)
  const storage = createStorage({ retentionMs: 3_600_000, seriesLimit: 20_000 })
  const sets = labelSetsOf(labelSets)
  for (const labels of sets) observe(metrics, labels, 0.01)

  let collectMs = 0
  const scraper = createTargetScraper({
    target: {
      ...THIS_APP,
      url: 'http://localhost:3000/metrics',
      timeoutMs: 10_000,
      collect: async () => {
        const begunMs = cpuMs()
        const snapshot = await collect(registry, { withCreated: false })
        collectMs = cpuMs() - begunMs
        return snapshot
      },
    },
    sink: storage,
  })

  let atMs = BEGIN_MS
  async function tick() {
    for (let i = 0; i < REQUESTS_PER_TICK; i++) {
      const labels = sets[Math.floor(Math.random() * sets.length)]
      if (labels) observe(metrics, labels, 0.002 / Math.random() ** 2)
    }
    atMs += INTERVAL_MS
    const begunMs = cpuMs()
    await scraper.scrape(atMs, () => false)
    return { atMs, collectMs, appendMs: cpuMs() - begunMs - collectMs }
  }
  const querier = createEmbeddedQuerier(storage, () => [])
  return { querier, seriesCount: () => storage.status().seriesCount, tick }
}

type RequestLabels = { method: string; route: string; status: string }

function labelSetsOf(count: number): RequestLabels[] {
  return Array.from({ length: count }, (_, i) => ({
    method: METHODS[i % METHODS.length] ?? '',
    status: STATUSES[Math.floor(i / METHODS.length) % STATUSES.length] ?? '',
    route: `/shops/[shop]/shelf-${Math.floor(i / METHODS.length / STATUSES.length)}/[id]`,
  }))
}

function observe(metrics: Metrics, labels: RequestLabels, seconds: number): void {
  metrics.requestsTotal.inc(labels)
  metrics.requestsAbortedTotal.inc({ method: labels.method, route: labels.route }, 0)
  metrics.latencySeconds.observe(labels, seconds)
}
