// What procedures work with: made once per process, from the parts that server/start.ts set going.
import { TRPCError } from '@trpc/server'
import type { MemoryShare } from '../memory-pool'
import { perProcess } from '../per-process'
import type { Gate } from '../query/gate'
import { processGate } from '../query/process-gate'
import { processQuerier } from '../query/process-querier'
import { processScrape } from '../scrape/process-scrape'
import type { ScrapeLoop } from '../scrape/scrape-loop'
import { processHistory } from '../storage/disk/process-history'
import { createInstantCache } from './instant-cache'
import type { LateResults } from './late-results'
import type { LiveSource } from './live-stream'
import { createTicks } from './ticks'

/** What one request has for itself: memory until it is answered, and results that are written late. */
export type RequestContext = { memory: MemoryShare; lateResults: LateResults }

type ProcessContext = LiveSource & { scrape: ScrapeLoop; gate: Gate }

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
    // The first page comes after the first scrapes: it has their history too.
    const ticks = createTicks(scrape.onTick, scrape.targets()[0]?.lastScrapeMs)
    const pastChangedMs = () => processHistory()?.status().loadedMs
    return { scrape, gate: processGate(), querier, askInstant: createInstantCache(querier), ticks, pastChangedMs }
  })
}
