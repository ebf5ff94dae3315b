// When, within the interval, a target is scraped: targets are spread over it, as in Prometheus, and not all at once.
import { createHash } from 'node:crypto'
import type { TargetName } from './target-key'
import { targetKey } from './target-key'

/** A whole number of milliseconds below `intervalMs`, always the same for the same target. */
export function scrapeOffsetMs(target: TargetName, intervalMs: number): number {
  const hash = createHash('sha256').update(targetKey(target)).digest()
  return hash.readUInt32BE() % intervalMs
}
