// How long tasks wait for the event loop: a histogram that no scrape resets.
import { declareHistogram } from './declare'
import type { OurRegistry } from './registry'

/** A moment is looked at so often. */
export const MOMENT_MS = 50

/** Of a longer time in which the loop stood still, such as a laptop's sleep, no more moments are looked at. */
export const MOST_MOMENTS = 1200

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Declares `nodejs_eventloop_delay_seconds` and observes from now on how late a timer comes, which is how long a request
 * would have waited that arrived when it was due. While code holds the loop, no timer comes at all: those moments are
 * counted afterwards, each with its own wait, so that a quantile of the histogram is one of all moments of the clock.
 */
export function observeEventLoopDelay(registry: OurRegistry): void {
  const delay = declareHistogram(registry, {
    name: 'nodejs_eventloop_delay_seconds',
    help: 'How long a task that was ready waited for the event loop (seconds), sampled 20 times a second.',
    buckets: BUCKETS,
  })
  let dueMs = performance.now() + MOMENT_MS
  const timer = setTimeout(() => {
    const nowMs = performance.now()
    // A timer may come a fraction of a millisecond early.
    for (const waitMs of waitsOf(Math.max(0, nowMs - dueMs))) delay.observe(waitMs / 1000)
    dueMs = performance.now() + MOMENT_MS
    timer.refresh()
  }, MOMENT_MS)
  timer.unref()
}

/** The waits of all moments until now, in milliseconds, when the first of them has waited for `lateMs`: the longest first. */
export function waitsOf(lateMs: number): number[] {
  const moments = Math.min(Math.floor(lateMs / MOMENT_MS) + 1, MOST_MOMENTS)
  return Array.from({ length: moments }, (_, place) => lateMs - place * MOMENT_MS)
}
