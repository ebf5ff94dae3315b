// Scrapes this process at every multiple of an interval, and then calls its listeners. Other targets are scraped as often, each
// at its own instants, and nothing waits for them.
import type { Snapshot } from '../exposition/snapshot'
import { logError } from '../log'
import { variableName } from '../variable-name'
import { createAlignedTicker } from './aligned-ticker'
import { createClockWatch } from './clock-watch'
import { scrapeOffsetMs } from './scrape-offset'
import type { Sink, Target, TargetStatus } from './target'
import type { TargetName } from './target-key'
import { targetKey } from './target-key'
import type { TargetScraper } from './target-scraper'
import { createTargetScraper } from './target-scraper'

export type ScrapeLoop = {
  /** The first scrapes are at the next instants. */
  start(): void
  /** From now on nothing is written: a scrape under way is dropped, and no series is marked stale. */
  stop(): void
  /**
   * Calls `listener` after each scrape of this process, with its nominal instant: all its samples are written, and
   * whatever the other targets said before. Returns the function that ends it. A listener that throws is logged and
   * disturbs nobody.
   */
  onTick(listener: (atMs: number) => void): () => void
  /** What the target said at its last successful scrape; this process where none is named. */
  newestSnapshot(target?: TargetName): Snapshot | undefined
  /** Those of all targets that ever had a successful scrape. */
  newestSnapshots(): Snapshot[]
  /** This process first. */
  targets(): TargetStatus[]
  /**
   * From now on these are the others. One that is there already, the same object, goes on; the series of one that isn't any more
   * end. Throws an Error where two have the same job and instance, and then changes nothing.
   */
  setOthers(others: readonly Target[]): void
  /** Scrapes this process now, besides the instants of the interval. Resolves when its samples are written. */
  scrapeNow(): Promise<void>
  /** The last scrape of this process, at its end: `snapshot` is what it says, which is written before this returns. */
  scrapeLast(snapshot: Snapshot): void
}

export type ScrapeLoopOptions = {
  intervalMs: number
  thisProcess: Target
  others?: readonly Target[]
  sink: Sink
}

/**
 * A target whose last scrape has not ended is left out until it has. Throws an Error where two targets have the same
 * job and instance: each would write the other's series.
 */
export function createScrapeLoop({ intervalMs, thisProcess, others = [], sink }: ScrapeLoopOptions): ScrapeLoop {
  const listeners = new Set<(atMs: number) => void>()
  let isStopped = true
  const clock = createClockWatch(intervalMs, sink)
  const scraperOf = (target: Target) => createTargetScraper({ target, sink })
  const ownScraper = scraperOf(thisProcess)
  const ownTicker = createAlignedTicker(intervalMs, scrapeOwnAt)
  /** The newest instant of `scrapeNow`. */
  let betweenMs = Number.NEGATIVE_INFINITY
  /** By their keys, this process first. */
  const scraped = new Map([[targetKey(thisProcess), { target: thisProcess, scraper: ownScraper, ticker: ownTicker }]])
  setOthers(others)

  /** What is still under way when the clock is set back has the time of a clock that nobody has any more. */
  function scrapeAt(scraper: TargetScraper, atMs: number, onScraped = () => {}): Promise<void> {
    clock.look(scraper, atMs)
    const setBackCount = clock.setBackCount()
    const isDropped = () => isStopped || clock.setBackCount() !== setBackCount
    const scraped = scraper.scrape(atMs, isDropped).then((wasScraped) => {
      if (wasScraped && !isDropped()) onScraped()
    })
    return scraped.catch(logFailure)
  }

  function scrapeOwnAt(atMs: number): void {
    // A tick that comes late may be of an instant before one in between.
    if (atMs <= betweenMs && atMs > betweenMs - intervalMs) return
    void scrapeAt(ownScraper, atMs, () => tellTick(atMs))
  }

  function tellTick(atMs: number): void {
    for (const listener of [...listeners]) tell(listener, atMs)
  }

  function add(target: Target): void {
    const scraper = scraperOf(target)
    const offsetMs = scrapeOffsetMs(target, intervalMs)
    const ticker = createAlignedTicker(intervalMs, (atMs) => void scrapeAt(scraper, atMs), offsetMs)
    scraped.set(targetKey(target), { target, scraper, ticker })
    if (!isStopped) ticker.start()
  }

  function setOthers(targets: readonly Target[]): void {
    requireDistinct([thisProcess, ...targets])
    const wanted = new Set([thisProcess, ...targets])
    for (const [key, { scraper, target, ticker }] of [...scraped]) {
      if (wanted.delete(target)) continue
      scraped.delete(key)
      ticker.stop()
      clock.forget(scraper)
      scraper.end(() => isStopped).catch(logFailure)
    }
    for (const target of wanted) add(target)
  }

  return {
    start: () => {
      isStopped = false
      for (const { ticker } of scraped.values()) ticker.start()
    },
    stop: () => {
      isStopped = true
      for (const { ticker } of scraped.values()) ticker.stop()
    },
    setOthers,
    onTick: (listener) => {
      const own = (atMs: number) => listener(atMs)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    newestSnapshot: (target = thisProcess) => scraped.get(targetKey(target))?.scraper.newestSnapshot(),
    newestSnapshots: () => [...scraped.values()].flatMap(({ scraper }) => scraper.newestSnapshot() ?? []),
    targets: () => [...scraped.values()].map(({ scraper }) => scraper.status()),
    async scrapeNow() {
      const atMs = Date.now()
      if (isStopped || atMs <= (ownScraper.status().lastScrapeMs ?? 0)) return
      betweenMs = atMs
      await scrapeAt(ownScraper, atMs, () => tellTick(atMs))
    },
    scrapeLast: (snapshot) => {
      if (!isStopped) ownScraper.recordLast(snapshot, Math.max(Date.now(), (ownScraper.status().lastScrapeMs ?? 0) + 1))
    },
  }
}

function requireDistinct(targets: readonly Target[]): void {
  const known = new Set<string>()
  for (const { job, instance } of targets) {
    const key = targetKey({ job, instance })
    if (known.has(key)) {
      throw new Error(
        `expected targets that differ in job or instance, this process included (${variableName('SCRAPE_TARGETS')} names a job before a URL, job=http://...), got two of ${job} at ${instance}`,
      )
    }
    known.add(key)
  }
}

function logFailure(error: unknown): void {
  logError('a scrape could not be recorded.', error)
}

function tell(listener: (atMs: number) => void, atMs: number): void {
  try {
    listener(atMs)
  } catch (error) {
    logError('a listener to the scrapes failed.', error)
  }
}
