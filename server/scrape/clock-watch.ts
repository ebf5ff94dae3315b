// Notices when the wall clock jumps. Samples bear the wall clock's time, so that they mean the same everywhere, but a
// clock can be set, and a laptop sleeps.
import { logWarning } from '../log'
import type { Sink } from './target'

/** So much later than it is due a scrape may come without anything having happened but work. */
const PATIENCE_MS = 60_000

export type ClockWatch = {
  /** To be called before each scrape, with who is scraped and the nominal instant. */
  look(scraped: object, atMs: number): void
  /** It is not scraped any more. */
  forget(scraped: object): void
  /** How often the clock was set back so far. */
  setBackCount(): number
}

/**
 * Tells the sink what it has to know before it gets samples. Where no scrape came for more than the interval and a
 * minute, time was skipped: the clock was set forward, or the machine slept. Where an instant comes to a target that
 * has had it or a later one, the clock was set back by more than an interval, and what the sink holds of the last
 * interval and of the time to come is in the way of the samples that come now.
 */
export function createClockWatch(intervalMs: number, sink: Pick<Sink, 'skip' | 'setBack'>): ClockWatch {
  const instantsMs = new Map<object, number>()
  let seenMs = Number.POSITIVE_INFINITY
  let setBackCount = 0

  function look(scraped: object, atMs: number): void {
    const nowMs = Date.now()
    const isBack = atMs <= (instantsMs.get(scraped) ?? Number.NEGATIVE_INFINITY)
    if (isBack) {
      logWarning('the clock was set back: samples with future timestamps are dropped.')
      setBackCount++
      instantsMs.clear()
      sink.setBack?.(nowMs - intervalMs)
    } else if (nowMs - seenMs > intervalMs + PATIENCE_MS) {
      logWarning(
        `no scrape for ${Math.round((nowMs - seenMs) / 1000)} s: that time does not count towards the retention.`,
      )
      sink.skip?.(seenMs, nowMs)
    }
    instantsMs.set(scraped, atMs)
    seenMs = nowMs
  }

  return { look, forget: (scraped) => void instantsMs.delete(scraped), setBackCount: () => setBackCount }
}
