// The Prometheus HTTP API of this process: from its own storage, or from the Prometheus that PROMETHEUS_URL names.
import { env } from '../../env'
import { processScrape } from '../../scrape/process-scrape'
import type { TargetName } from '../../scrape/target-key'
import { shutdownSignal } from '../../shutdown'
import { processExemplars } from '../../storage/process-exemplars'
import { processStorage } from '../../storage/process-storage'
import { processEngine } from '../engine'
import { processGate, processMemory } from '../process-gate'
import { createForward } from './forward'
import type { PrometheusApi } from './prometheus-api'
import { createPrometheusApi } from './prometheus-api'

let api: PrometheusApi | undefined

/** Created at the first call: during a build there is no process to answer for. */
export function processApi(): PrometheusApi {
  api ??= createProcessApi()
  return api
}

function createProcessApi(): PrometheusApi {
  const { features, queryMaxSamples, retentionMs, scrapeIntervalMs } = env()
  const sources = {
    storage: processStorage(),
    exemplars: processExemplars(),
    targets: () => processScrape()?.targets() ?? [],
    newestSnapshot: (target: TargetName) => processScrape()?.newestSnapshot(target),
    gate: processGate(),
    memory: processMemory(),
    nowMs: Date.now,
    startedAtMs: Math.round(performance.timeOrigin),
    shutdown: shutdownSignal(),
    settings: {
      scrapeIntervalMs,
      retentionMs,
      maxSamples: queryMaxSamples,
      features,
    },
  }
  const engine = processEngine()
  const forward = engine === undefined ? undefined : createForward(engine, processGate())
  return createPrometheusApi(sources, forward)
}
