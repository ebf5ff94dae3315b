// The exemplars of a question for the browser: the largest of them, each with the labels of its series.
import type { ExemplarSeries, StoredExemplar } from '../storage/exemplar-storage'

/** Of a question, however many there are. */
export const MOST_EXEMPLARS = 100

export type WireExemplar = {
  /** Of its series. */
  series: Readonly<Record<string, string>>
  /** Its own: `trace_id` and the like. */
  labels: Readonly<Record<string, string>>
  value: number
  timeMs: number
}

/** The largest, which are the slowest where they are latencies; `total` says how many there were. */
export function* largestExemplars(
  all: readonly ExemplarSeries[],
): Generator<void, { exemplars: WireExemplar[]; total: number }> {
  const largest: WireExemplar[] = []
  let total = 0
  for (const { labels: series, exemplars } of all) {
    yield
    for (const exemplar of exemplars) {
      if (!Number.isFinite(exemplar.value)) continue
      total++
      keep(largest, exemplar, series)
    }
  }
  return { exemplars: largest, total }
}

/** In order, the largest first; of two with the same value the newer. */
function keep(largest: WireExemplar[], { labels, value, timestampMs }: StoredExemplar, series: WireExemplar['series']) {
  const isBefore = (one: WireExemplar) => one.value > value || (one.value === value && one.timeMs >= timestampMs)
  const place = largest.findLastIndex(isBefore) + 1
  if (place >= MOST_EXEMPLARS) return
  largest.splice(place, 0, { series, labels, value, timeMs: timestampMs })
  if (largest.length > MOST_EXEMPLARS) largest.pop()
}
