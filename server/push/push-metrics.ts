// What became of the samples that were to be sent, under the names that a Prometheus has for its own remote write: so its
// dashboards and alerts fit. docs/remote-write.md says what each counts here.
import { declareCounter, declareGauge, declareHistogram } from '../instrument/declare'
import type { OurRegistry } from '../instrument/registry'
import type { DeliveryCounts } from './delivery'

const PREFIX = 'prometheus_remote_storage'
const LABELS = ['remote_name', 'url'] as const
const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]

/** `url` is to be shown, without secrets. `waitingSamples` tells how many wait at that moment. */
export type Pushed = { remote_name: string; url: string; waitingSamples(): number }

export type PushCounts = DeliveryCounts & { appended(timestampMs: number): void }

/** Gives the counts of one receiver after the other. To be called once for a registry. */
export function declarePushMetrics(registry: OurRegistry): (pushed: Pushed) => PushCounts {
  const all: Pushed[] = []
  const total = declareCounter(registry, {
    name: `${PREFIX}_samples_total`,
    help: 'Samples sent to a receiver that took them.',
    labels: LABELS,
  })
  const failed = declareCounter(registry, {
    name: `${PREFIX}_samples_failed_total`,
    help: 'Samples lost because the receiver refused them for good.',
    labels: LABELS,
  })
  const retried = declareCounter(registry, {
    name: `${PREFIX}_samples_retried_total`,
    help: 'Samples whose sending failed and was tried again, once for each time.',
    labels: LABELS,
  })
  const dropped = declareCounter(registry, {
    name: `${PREFIX}_samples_dropped_total`,
    help: 'Samples lost before they were sent because too many waited.',
    labels: LABELS,
  })
  const bytes = declareCounter(registry, {
    name: `${PREFIX}_bytes_total`,
    help: 'Bytes of samples that the receiver took, compressed.',
    labels: LABELS,
  })
  const pending = declareGauge(registry, {
    name: `${PREFIX}_samples_pending`,
    help: 'Samples that wait to be sent.',
    labels: LABELS,
    collect() {
      for (const { remote_name, url, waitingSamples } of all) pending.set({ remote_name, url }, waitingSamples())
    },
  })
  const duration = declareHistogram(registry, {
    name: `${PREFIX}_sent_batch_duration_seconds`,
    help: 'How long requests took that the receiver took (seconds).',
    labels: LABELS,
    buckets: DURATION_BUCKETS_SECONDS,
  })
  const newest = declareGauge(registry, {
    name: `${PREFIX}_highest_timestamp_in_seconds`,
    help: 'The newest timestamp of the samples that were to be sent (seconds since 1970).',
  })
  const newestSent = declareGauge(registry, {
    name: `${PREFIX}_queue_highest_sent_timestamp_seconds`,
    help: 'The newest timestamp of the samples that the receiver took (seconds since 1970).',
    labels: LABELS,
  })
  let newestMs = 0

  return (pushed) => {
    const { remote_name, url } = pushed
    const labels = { remote_name, url }
    let newestSentMs = 0
    all.push(pushed)
    for (const counter of [total, failed, retried, dropped, bytes]) counter.inc(labels, 0)
    return {
      appended(timestampMs) {
        if (timestampMs <= newestMs) return
        newestMs = timestampMs
        newest.set(timestampMs / 1000)
      },
      sent(request, seconds, rejectedSamples) {
        total.inc(labels, request.samples - rejectedSamples)
        failed.inc(labels, rejectedSamples)
        bytes.inc(labels, request.body.length)
        duration.observe(labels, seconds)
        newestSentMs = Math.max(newestSentMs, request.newestMs)
        newestSent.set(labels, newestSentMs / 1000)
      },
      failed: (samples) => failed.inc(labels, samples),
      retried: (samples) => retried.inc(labels, samples),
      dropped: (samples) => dropped.inc(labels, samples),
    }
  }
}
