// An hour of an app's series, the same in every process: what was asked of it, how long that took, and how it fared.
import type { Series } from '../server/storage/series'

export const SCRAPE_INTERVAL_MS = 15_000
/** The last of 240 scrapes is at `endMs`. */
export const startMs = 1_700_000_000_000
export const endMs = startMs + 239 * SCRAPE_INTERVAL_MS

const target = { job: 'hearth', instance: 'localhost:3000' }
const bounds = ['0.001', '0.0025', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1.0', '2.5', '5.0', '10.0']
const methods = ['GET', 'POST', 'PUT', 'DELETE']
const statuses = ['200', '200', '304', '404', '500']
/** A counter of requests, the buckets of their latencies, and their count and sum. */
const seriesPerLabelSet = bounds.length + 4

/** About `count` series. */
export function hourOfSeries(count: number): Series[] {
  const random = randomNumbers()
  const series: Series[] = []
  for (let i = 0; i < Math.max(1, Math.round(count / seriesPerLabelSet)); i++) {
    const status = statuses[i % statuses.length] ?? ''
    const labels = { ...target, method: methods[i % methods.length] ?? '', route: `/shops/[shop]/${i >> 2}`, status }
    const perScrape = 1 + Math.floor(random() * 50)
    const counts = bounds.map(() => counting(() => random() * perScrape))
    const total = counting(() => random() * perScrape)
    series.push(sampled({ __name__: 'requests_total', ...labels }, total))
    const cumulated = new Float64Array(total.length)
    for (const [bucket, le] of bounds.entries()) {
      for (const [k, value] of (counts[bucket] ?? []).entries()) cumulated[k] = (cumulated[k] ?? 0) + value
      series.push(sampled({ __name__: 'latency_seconds_bucket', le, ...labels }, cumulated.slice()))
    }
    series.push(sampled({ __name__: 'latency_seconds_bucket', le: '+Inf', ...labels }, cumulated))
    series.push(sampled({ __name__: 'latency_seconds_count', ...labels }, cumulated))
    series.push(
      sampled(
        { __name__: 'latency_seconds_sum', ...labels },
        cumulated.map((value) => value * 0.0213),
      ),
    )
  }
  const gauge = () => Float64Array.from({ length: 240 }, () => Math.round(random() * 1e6) / 1e3)
  series.push(sampled({ __name__: 'up', ...target }, new Float64Array(240).fill(1)))
  series.push(sampled({ __name__: 'requests_in_flight', kind: 'request', ...target }, gauge()))
  series.push(sampled({ __name__: 'process_resident_memory_bytes', ...target }, gauge()))
  series.push(sampled({ __name__: 'process_cpu_seconds_total', ...target }, counting(random)))
  series.push(sampled({ __name__: 'nodejs_eventloop_busy_seconds_total', ...target }, counting(random)))
  return series
}

function sampled(labels: Series['labels'], values: Float64Array<ArrayBuffer>): Series {
  const timestampsMs = Float64Array.from(values, (_, i) => startMs + i * SCRAPE_INTERVAL_MS)
  return { labels, timestampsMs, values, stale: undefined }
}

function counting(more: () => number): Float64Array<ArrayBuffer> {
  let count = 0
  return Float64Array.from({ length: 240 }, () => {
    count += Math.floor(more())
    return count
  })
}

/** Mulberry32. */
function randomNumbers(): () => number {
  let state = 1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
