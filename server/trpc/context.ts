// What procedures work with: made once per process, from the parts that server/start.ts set going.
import { TRPCError } from '@trpc/server'
import { perProcess } from '../per-process'
import { processQuerier } from '../query/process-querier'
import { processScrape } from '../scrape/process-scrape'
import type { ScrapeLoop } from '../scrape/scrape-loop'
import { processHistory } from '../storage/disk/process-history'
import { createInstantCache } from './instant-cache'
import type { LiveSource } from './live-stream'
import { createTicks } from './ticks'

export type Context = LiveSource & { scrape: ScrapeLoop }

/** Throws while instrumentation.ts has not started the scrape loop: there is nothing to tell yet. */
export function createContext(): Context {
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
    return { scrape, querier, askInstant: createInstantCache(querier), ticks, pastChangedMs }
  })
}
