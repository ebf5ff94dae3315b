// The metrics of this app, all of them, declared in one place. What runs in Node itself is in runtime-metrics.ts.
import { env } from '../env'
import { declareCounter, declareGauge, declareHistogram } from './declare'
import type { OurRegistry } from './registry'
import { processRegistry } from './registry'

export type Metrics = ReturnType<typeof declareMetrics>

let declared: Metrics | undefined

/** The metrics of this process's registry. */
export function metrics(): Metrics {
  declared ??= declareMetrics(processRegistry(), env().latencyBucketsSeconds)
  return declared
}

/** Declares the metrics in `registry`; `buckets` are upper bounds in seconds, ascending, without +Inf. */
export function declareMetrics(registry: OurRegistry, buckets: readonly number[]) {
  const requestsInFlight = declareGauge(registry, {
    name: 'requests_in_flight',
    help: 'HTTP requests without a complete response; kind is stream once the head of an event stream is written.',
    labels: ['kind'],
    startAt0: [{ kind: 'request' }, { kind: 'stream' }],
  })

  return {
    requestsInFlight,
    requestsTotal: declareCounter(registry, {
      name: 'requests_total',
      help: 'Total HTTP requests, counted at the response head; status 499 where the connection closed before it.',
      labels: ['method', 'route', 'status'],
    }),
    latencySeconds: declareHistogram(registry, {
      name: 'latency_seconds',
      help: 'HTTP request latency (seconds), from the request to the head of its response.',
      labels: ['method', 'route', 'status'],
      buckets,
    }),
    requestsAbortedTotal: declareCounter(registry, {
      name: 'requests_aborted_total',
      help: 'HTTP requests whose client left before the response was complete.',
      labels: ['method', 'route'],
    }),
    exceptionsTotal: declareCounter(registry, {
      name: 'exceptions_total',
      help: 'Total HTTP exceptions: errors thrown while a request was answered.',
      labels: ['route', 'kind', 'error'],
    }),
    trpcRequestsTotal: declareCounter(registry, {
      name: 'trpc_requests_total',
      help: 'tRPC procedure calls that ended, counting each call of a batch; code is OK or the code of the TRPCError.',
      labels: ['procedure', 'type', 'code'],
    }),
    trpcLatencySeconds: declareHistogram(registry, {
      name: 'trpc_latency_seconds',
      help: 'Time that tRPC procedures took (seconds); for a subscription until its stream began.',
      labels: ['procedure', 'type', 'code'],
      buckets,
    }),
  }
}
