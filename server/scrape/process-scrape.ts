// The scrape loop of this process, shared by all copies of these modules.
import { perProcess } from '../per-process'
import type { ScrapeLoop } from './scrape-loop'

/** Makes the loop known. To be called once, by who starts it. */
export function setProcessScrape(loop: ScrapeLoop): void {
  holder().loop = loop
}

/** Undefined before the start of the process is complete, and during a build. */
export function processScrape(): ScrapeLoop | undefined {
  return holder().loop
}

function holder(): { loop: ScrapeLoop | undefined } {
  return perProcess('scrape', () => ({ loop: undefined }))
}
