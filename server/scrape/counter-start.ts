// A counter's first sample is what it has counted already, and a rate needs two samples: the first requests of a route
// would be in no rate. Where it is known that the counter was 0 before, that is written as its first sample, as
// Prometheus does with its created-timestamp-zero-ingestion.
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
