// For tests: a target that is up.
import type { Target } from './chosen-target'

export function inventTarget(job: string, instance: string): Target {
  return {
    job,
    instance,
    labels: {},
    url: `http://${instance}/metrics`,
    timeoutMs: 1000,
    up: true,
    lastScrapeMs: 0,
    lastUpMs: 0,
    lastDurationSeconds: 0,
    lastError: undefined,
    samples: 1,
    isHearth: true,
  }
}
