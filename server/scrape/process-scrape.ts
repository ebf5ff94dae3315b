// The scrape loop of this process, shared by all copies of these modules.
import { perProcess } from '../per-process'
import type { DiscoveryStatus } from './discover-targets'
import type { ScrapeLoop } from './scrape-loop'

/** `discovered` tells how the entries of SCRAPE_TARGETS fare that are looked up. */
export type ProcessScrape = ScrapeLoop & { discovered(): DiscoveryStatus[] }

/** Makes the loop known. To be called once, by who starts it. */
export function setProcessScrape(loop: ProcessScrape): void {
  holder().loop = loop
  const end = loop.onTick((atMs) => {
    holder().firstMs = atMs
    end()
  })
}

/** The instant of the first scrape of this process; undefined before it. */
export const firstScrapeMs = (): number | undefined => holder().firstMs

/** Undefined before the start of the process is complete, and during a build. */
export function processScrape(): ProcessScrape | undefined {
  return holder().loop
}

function holder(): { loop: ProcessScrape | undefined; firstMs: number | undefined } {
  return perProcess('scrape', () => ({ loop: undefined, firstMs: undefined }))
}
