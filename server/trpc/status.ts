// The status that the page shows: where the answers come from, what is stored, how the targets are.
import { env } from '../env'
import type { Snapshot } from '../exposition/snapshot'
import { processWorkers } from '../exposition/workers/process-workers'
import type { WorkersStatus } from '../exposition/workers/workers'
import type { EngineStatus } from '../query/engine'
import { processEngine } from '../query/engine'
import type { DiscoveryStatus } from '../scrape/discover-targets'
import type { TargetStatus } from '../scrape/target'
import type { HistoryStatus } from '../storage/disk/history'
import { processHistory } from '../storage/disk/process-history'
import { processStorage } from '../storage/process-storage'
import type { Refusal, StorageStatus } from '../storage/storage'
import type { Context } from './context'
import { isHearth } from './families'

export type Status = {
  source: { kind: 'embedded' } | ({ kind: 'prometheus'; url: string } & EngineStatus)
  scrapeIntervalMs: number
  retentionMs: number
  /** When the oldest sample is that is remembered; absent while there is none. */
  oldestMs: number | undefined
  seriesCount: number
  /** Of all targets together. */
  seriesLimit: number
  /** Series that were not kept because of the limit. */
  droppedSeries: number
  /** Samples that were not kept, by reason. */
  droppedSamples: Readonly<Record<Refusal, number>>
  /** Samples in memory, in how many chunks, and what the complete ones of these take. */
  sampleCount: number
  chunkCount: number
  chunkBytes: number
  /** What the series take of the heap without their samples, and SERIES_MEMORY, the limit of that and of the chunks. */
  seriesBytes: number
  memoryLimitBytes: number
  /** How often the oldest samples were dropped before their time because chunks had reached that limit. */
  shortenings: number
  /** How often the clock jumped, and the samples of a time to come that were dropped for it. */
  clockSteps: StorageStatus['clockSteps']
  /** Metrics of this process that reached their limit of label sets, and how many observations were counted under `(other)`. */
  foldedMetrics: { metric: string; observations: number }[]
  /** The history on disk; absent where it is meant to be in memory only. */
  history: HistoryStatus | undefined
  /** Which of the app's processes this one is; absent without a DATA_DIR, where it is seen alone. */
  workers: WorkersStatus | undefined
  /** Where a trace is shown; a URL with `{trace_id}` in it. */
  traceUrlTemplate: string | undefined
  /** Live streams that are open, and how many may be. */
  streams: { open: number; limit: number }
  /** `isHearth`: whether it counts requests as Hearth does; undefined before its first successful scrape. */
  targets: (TargetStatus & { isHearth: boolean | undefined })[]
  /** The entries of SCRAPE_TARGETS that DNS or files resolve. */
  discovered: DiscoveryStatus[]
  nowMs: number
  startedAtMs: number
}

export function statusOf({ live, scrape }: Pick<Context, 'live' | 'scrape'>): Status {
  const { scrapeIntervalMs, retentionMs, seriesLimit, traceUrlTemplate } = env()
  const engine = processEngine()
  const targets = scrape.targets()
  const stored = processStorage().status()
  const { seriesCount, sampleCount, chunkCount, chunkBytes, droppedSeries, droppedSamples, clockSteps } = stored
  const { oldestMs, seriesBytes, memoryLimitBytes, shortenings } = stored
  return {
    source: engine === undefined ? { kind: 'embedded' } : { kind: 'prometheus', url: engine.url, ...engine.status() },
    scrapeIntervalMs,
    retentionMs,
    traceUrlTemplate,
    oldestMs,
    seriesCount,
    seriesLimit: seriesLimit * targets.length,
    droppedSeries,
    droppedSamples,
    sampleCount,
    chunkCount,
    chunkBytes,
    seriesBytes,
    memoryLimitBytes,
    shortenings,
    clockSteps,
    foldedMetrics: foldedMetricsOf(scrape.newestSnapshot()),
    history: historyStatus(),
    workers: processWorkers()?.status(),
    streams: live.streams(),
    targets: targets.map((target) => ({ ...target, isHearth: isHearth(scrape.newestSnapshot(target)) })),
    discovered: scrape.discovered(),
    nowMs: Date.now(),
    startedAtMs: Math.round(performance.timeOrigin),
  }
}

/** Where another process of the app writes the file, the app's samples are on disk. */
function historyStatus(): HistoryStatus | undefined {
  const history = processHistory()?.status()
  const isWrittenByOther = history?.problem?.kind === 'locked' && (processWorkers()?.status().running ?? 1) > 1
  return isWrittenByOther ? { ...history, state: 'disk', problem: undefined } : history
}

function foldedMetricsOf(snapshot: Snapshot | undefined): Status['foldedMetrics'] {
  const dropped = snapshot?.families.find(({ name }) => name === 'series_dropped_total')?.samples ?? []
  const folded = dropped.filter(({ value }) => value > 0)
  return folded.map(({ labels, value }) => ({ metric: labels.metric ?? '', observations: value }))
}
