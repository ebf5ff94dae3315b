// What this process sends to receivers, shared by all copies of these modules. It is empty where nothing is to be sent: what
// sends is loaded then alone.
import type { Labels } from '../exposition/snapshot'
import { perProcess } from '../per-process'

export type Push = {
  append(labels: Labels, timestampMs: number, value: number): void
  markStale(labels: Labels, timestampMs: number): void
  /** Scrapes this process, and sends all that waits. Ends within two seconds, and never rejects. */
  flush(): Promise<void>
}

/** Empty before the start of the process is complete, and where it has no receiver. */
export const processPush = (): { push?: Push } => perProcess('push', () => ({}))
