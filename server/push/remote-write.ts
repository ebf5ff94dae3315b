// Samples, as the storage has taken them, on their way to a receiver of Prometheus's remote write.
import type { Labels } from '../exposition/snapshot'
import type { RequestHeaders } from '../request-headers'
import type { Delivery } from './delivery'
import type { PushCounts } from './push-metrics'
import { WriteRequest } from './write-request'

export const REMOTE_WRITE_HEADERS: RequestHeaders = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
}

/** A series without a sample for so long has ended for every reader, marked or not. */
const LOOKBACK_MS = 5 * 60_000

export type RemoteWrite = {
  append(labels: Labels, timestampMs: number, value: number): void
  /** The series ends there. */
  markStale(labels: Labels, timestampMs: number): void
  /** What has come so far is to be sent. */
  close(): void
  /** All series end, right after their last samples: nothing will be in the way of those of a process that comes after. */
  endAll(): void
  /** How many samples wait for their request to be full. */
  openSamples(): number
}

export function createRemoteWrite(delivery: Delivery, counts: Pick<PushCounts, 'appended'>): RemoteWrite {
  /** When each series has had its last sample. */
  let newestMs = new Map<Labels, number>()
  let prunedMs = 0
  let request = new WriteRequest()

  function add(labels: Labels, timestampMs: number, value: number | undefined): void {
    request.add(labels, timestampMs, value)
    counts.appended(timestampMs)
    if (request.isFull) close()
  }

  function close(): void {
    if (request.samples === 0) return
    const full = request
    request = new WriteRequest()
    delivery.add(full.encode())
  }

  function prune(nowMs: number): void {
    prunedMs = nowMs
    newestMs = new Map([...newestMs].filter(([, atMs]) => atMs > nowMs - LOOKBACK_MS))
  }

  return {
    append(labels, timestampMs, value) {
      newestMs.set(labels, timestampMs)
      if (timestampMs - prunedMs > LOOKBACK_MS) prune(timestampMs)
      add(labels, timestampMs, value)
    },
    markStale(labels, timestampMs) {
      newestMs.delete(labels)
      add(labels, timestampMs, undefined)
    },
    close,
    endAll() {
      for (const [labels, atMs] of newestMs) add(labels, atMs + 1, undefined)
      newestMs = new Map()
      close()
    },
    openSamples: () => request.samples,
  }
}
