// What a server says of itself that has just begun, for tests.
import type { Status } from '../_panels/use-status'

export const inventedStatus: Status = {
  source: { kind: 'embedded' },
  scrapeIntervalMs: 1_000,
  retentionMs: 3_600_000,
  seriesCount: 0,
  seriesLimit: 50_000,
  droppedSeries: 0,
  droppedSamples: { seriesLimit: 0, memoryLimit: 0, tooOld: 0, tooFarAhead: 0, outOfOrder: 0, duplicate: 0 },
  sampleCount: 0,
  chunkCount: 0,
  chunkBytes: 0,
  seriesBytes: 0,
  memoryLimitBytes: 0,
  shortenings: 0,
  clockSteps: { forward: 0, back: 0, droppedSamples: 0 },
  foldedMetrics: [],
  streams: { open: 0, limit: 50 },
  targets: [],
  discovered: [],
  nowMs: 1e12,
  startedAtMs: 1e12,
}
