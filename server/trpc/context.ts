// What procedures work with: made once per process, from the parts that server/start.ts set going.
import { TRPCError } from '@trpc/server'
import { env } from '../env'
import { heapLimitBytes } from '../heap-limit'
import type { MemoryShare } from '../memory-pool'
import { perProcess } from '../per-process'
import type { Gate } from '../query/gate'
import { processGate, processMemory } from '../query/process-gate'
import { processQuerier } from '../query/process-querier'
import type { Querier } from '../query/querier'
import type { ProcessScrape } from '../scrape/process-scrape'
import { processScrape } from '../scrape/process-scrape'
import { shutdownSignal } from '../shutdown'
import { processHistory } from '../storage/disk/process-history'
import type { LateResults } from './late-results'
import type { LiveBoards } from './live-boards'
import { createLiveBoards } from './live-boards'

/** Of the heap's limit: what the events of all live streams may take. */
const LIVE_MEMORY_SHARE = 1 / 16

/** What one request has for itself: memory until it is answered, and results that are written late. */
export type RequestContext = { memory: MemoryShare; lateResults: LateResults }

type ProcessContext = { scrape: ProcessScrape; querier: Querier; gate: Gate; live: LiveBoards }

export type Context = ProcessContext & RequestContext

/** Throws while instrumentation.ts has not started the scrape loop: there is nothing to tell yet. */
export function processContext(): ProcessContext {
  const scrape = processScrape()
  if (!scrape) {
    throw new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      message: 'The scrape loop is not running yet. It is started by register() in instrumentation.ts.',
    })
  }
  return perProcess('trpc-context', () => {
    const querier = processQuerier()
    const { liveStreams, queryTimeoutMs } = env()
    const live = createLiveBoards({
      querier,
      onTick: scrape.onTick,
      // The first page comes after the first scrapes: it has their history too.
      lastTickMs: scrape.targets()[0]?.lastScrapeMs,
      pastChangedMs: () => processHistory()?.status().loadedMs,
      maxStreams: liveStreams,
      timeoutMs: queryTimeoutMs,
      memory: processMemory(),
      messageBytes: heapLimitBytes() * LIVE_MEMORY_SHARE,
      ending: shutdownSignal(),
    })
    return { scrape, gate: processGate(), querier, live }
  })
}
