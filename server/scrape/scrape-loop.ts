// Scrapes all targets at every multiple of an interval, and tells who listens when a round is complete.
import type { Snapshot } from '../exposition/snapshot'
import { createAlignedTicker } from './aligned-ticker'
import type { Sink, Target, TargetStatus } from './target'
import { createTargetScraper } from './target-scraper'

export type ScrapeLoop = {
  /** The first scrape is at the next multiple of the interval. */
  start(): void
  /** From now on nothing is written: a scrape under way is dropped, and no series is marked stale. */
  stop(): void
  /**
   * Calls `listener` after each round of scrapes, with its nominal instant: all samples of that round are written. A
   * round that a later one has overtaken is not told. Returns the function that ends it. A listener that throws is
   * logged and disturbs nobody.
   */
  onTick(listener: (atMs: number) => void): () => void
  /** What the target said at its last successful scrape; of the first target where no instance is named. */
  newestSnapshot(instance?: string): Snapshot | undefined
  targets(): TargetStatus[]
}

export type ScrapeLoopOptions = {
  intervalMs: number
  targets: readonly Target[]
  sink: Sink
  /** How long a target may take: by default 10 seconds, as in Prometheus. */
  timeoutMs?: number
}

/**
 * One timer drives all targets. A target that is still busy with its last scrape is left out of a round, and a round
 * in which all are does not take place.
 */
export function createScrapeLoop({ intervalMs, targets, sink, timeoutMs = 10_000 }: ScrapeLoopOptions): ScrapeLoop {
  const listeners = new Set<(atMs: number) => void>()
  const ticker = createAlignedTicker(intervalMs, (atMs) => {
    round(atMs).catch((error: unknown) => console.error('A round of scrapes failed.', error))
  })
  const isStopped = () => !ticker.isRunning()
  const scrapers = targets.map((target) => createTargetScraper({ target, sink, timeoutMs, isStopped }))
  let begunRounds = 0
  let lastToldRound = 0

  async function round(atMs: number): Promise<void> {
    const ready = scrapers.filter((scraper) => !scraper.isBusy())
    if (ready.length === 0) return
    const number = ++begunRounds
    await Promise.all(ready.map((scraper) => scraper.scrape(atMs)))
    if (isStopped() || number < lastToldRound) return
    lastToldRound = number
    for (const listener of [...listeners]) tell(listener, atMs)
  }

  return {
    start: ticker.start,
    stop: ticker.stop,
    onTick: (listener) => {
      const own = (atMs: number) => listener(atMs)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    newestSnapshot: (instance) => {
      const scraper = instance === undefined ? scrapers[0] : scrapers.find((one) => one.status().instance === instance)
      return scraper?.newestSnapshot()
    },
    targets: () => scrapers.map((scraper) => scraper.status()),
  }
}

function tell(listener: (atMs: number) => void, atMs: number): void {
  try {
    listener(atMs)
  } catch (error) {
    console.error('A listener to the scrapes failed.', error)
  }
}
