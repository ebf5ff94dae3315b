// The first sample of a counter already has its first requests, and a rate needs two samples: so no rate would include them.
// If the counter is known to have been 0 before, a 0 is written as its first sample, as Prometheus does with
// created-timestamp-zero-ingestion.
import type { Family, Sample } from '../exposition/snapshot'
import type { Target, TargetStatus } from './target'

/** A 0 from longer ago would belong to another time: the process was asleep, or the clock has jumped. */
const LONGEST_AGO_MS = 5 * 60_000

/**
 * When a counter that is new at `atMs` was 0: at the scrape before, or at the start of the target if there was none.
 * Undefined where nobody knows: of a target that may forget its series, and after a scrape that failed.
 */
export function zeroMsFor(target: Target, before: TargetStatus, atMs: number): number | undefined {
  if (target.countsSinceMs === undefined || before.up === false) return undefined
  const zeroMs = before.lastScrapeMs ?? target.countsSinceMs
  return zeroMs < atMs && atMs - zeroMs <= LONGEST_AGO_MS ? zeroMs : undefined
}

/** Whether the sample counts something up from 0. */
export function beganAtZero({ name, type }: Family, sample: Sample): boolean {
  if (sample.timestampMs !== undefined) return false
  return type === 'counter' || type === 'histogram' || (type === 'summary' && sample.name !== name)
}
