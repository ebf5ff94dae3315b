// When, within the interval, a target is scraped: targets are spread over it, as in Prometheus, and not all at once.
import { createHash } from 'node:crypto'
import type { Target } from './target'

/** A whole number of milliseconds below `intervalMs`, always the same for the same target. */
export function scrapeOffsetMs({ job, instance }: Pick<Target, 'job' | 'instance'>, intervalMs: number): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([job, instance]))
    .digest()
  return hash.readUInt32BE() % intervalMs
}
