// What /metrics says about itself, as Go's promhttp does. These are the scrapes by others: that of this process, for its
// own storage, reads the registry directly.
import { declareCounter, declareGauge } from './declare'
import type { OurRegistry } from './registry'

const CODES = ['200', '401', '405', '499', '500', '503']

export type MetricHandler = ReturnType<typeof metricHandler>

/** The metrics of the handler in `registry`; those of the last scrape are there once there was one. */
export function metricHandler(registry: OurRegistry) {
  return {
    requestsTotal: declareCounter(registry, {
      name: 'metric_handler_requests_total',
      help: 'Scrapes answered, by HTTP status code; 499 where the scraper left before the answer.',
      labels: ['code'],
      startAt0: CODES.map((code) => ({ code })),
    }),
    requestsInFlight: declareGauge(registry, {
      name: 'metric_handler_requests_in_flight',
      help: 'Scrapes that are being answered, up to the last byte.',
    }),
    observeScrape(seconds: number, bytes: number): void {
      declareGauge(registry, {
        name: 'metric_handler_last_scrape_duration_seconds',
        help: 'Time that the last complete scrape took to be collected, rendered and compressed (seconds).',
      }).set(seconds)
      declareGauge(registry, {
        name: 'metric_handler_last_scrape_size_bytes',
        help: 'Length of the last complete exposition, before compression (bytes).',
      }).set(bytes)
    },
  }
}
