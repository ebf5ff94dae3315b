// How long a scrape may take.

/** Where the scraper doesn't say how long it waits: Prometheus's own default. */
const DEFAULT_SECONDS = 10
/** No scraper keeps a scrape going for longer. */
const LONGEST_SECONDS = 120
/** Of the time that a scraper waits, this much is left for the answer's way back, so that it hears the reason. */
const SHARE = 0.9

/** In milliseconds, by the header `X-Prometheus-Scrape-Timeout-Seconds`; one that isn't a number of seconds is ignored. */
export function scrapeBudgetMs(header: string | null): number {
  const asked = Number(header ?? undefined)
  const seconds = asked > 0 ? Math.min(asked, LONGEST_SECONDS) : DEFAULT_SECONDS
  return seconds * SHARE * 1000
}
