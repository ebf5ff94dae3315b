// The overview: what an operator wants to know first, from left to right and from top to bottom.
import type { Board, Colour, Panel, Query } from './panel'
import type { Thresholds } from './thresholds'

/** Every HTTP expression stands on these matchers: the target and the route that the reader chose, without Hearth's own. */
const HTTP = '$target,route=~"$route",route!~"$own"'
const requests = (matchers = '') => `requests_total{${HTTP}${matchers}}`
const BUCKETS = `latency_seconds_bucket{${HTTP}}`

const NO_REQUESTS = 'No requests in the last $range.'

/** Said once on the board: of all that is empty without requests, in the panel where one looks first. */
const SEND_REQUESTS = `${NO_REQUESTS} Send one: \`curl $target/\`$demo`

/** 5xx as a share of all. Without `or`, a board on which nothing ever failed would have no share at all. */
const failedShare = (window: string, by = '') =>
  `(sum${by} (rate(${requests(',status=~"5.."')}${window})) or 0 * sum${by} (rate(${requests()}${window})))` +
  ` / sum${by} (rate(${requests()}${window}))`

const quantile = (q: number, window: string, by = 'le', buckets = BUCKETS) =>
  `histogram_quantile(${q}, sum by (${by}) (rate(${buckets}${window})))`

const NOW = '[$__rate_interval]'
const MINUTE = '[$__minute]'
const RANGE = '[$__range]'
const RANGE_BEFORE = '[$__range] offset $__range'

const percentilesOf = (buckets: string): Query[] => [
  { expr: quantile(0.5, NOW, 'le', buckets), legend: 'p50', colour: 'p50' },
  { expr: quantile(0.95, NOW, 'le', buckets), legend: 'p95', colour: 'p95' },
  { expr: quantile(0.99, NOW, 'le', buckets), legend: 'p99', colour: 'p99' },
]

/** Has a value when the range before this one is wholly remembered: only then is there something to compare with. */
const remembered: Query = { expr: 'count(up{$target} offset $__two_ranges)', legend: 'remembered', isInstant: true }

/**
 * A value of the range and the same of the last minute, each judged: a long range would dilute an outage that has just
 * begun, and a minute forgets the one that has just ended.
 */
const judged = (exprOf: (window: string) => string, thresholds: Omit<Thresholds, 'window'>): Query[] => [
  { expr: exprOf(RANGE), legend: 'value', isInstant: true, thresholds: { ...thresholds, window: 'last $range' } },
  { expr: exprOf(MINUTE), legend: 'minute', isInstant: true, thresholds: { ...thresholds, window: 'last $minute' } },
]

/** What most services promise: one answer of a hundred may fail before somebody looks, one of twenty is an outage. */
export const ERROR_SHARE = { warning: 0.01, bad: 0.05, unit: 'percent', says: '$value errors' } as const

/** In seconds, at edges of the histogram's buckets, so that no interpolation decides. */
const LATENCY = { p50: [0.5, 1], p95: [1, 2.5], p99: [2.5, 5] } as const

/** Shares of the loop's time, and seconds that what has arrived waits for it. */
const EVENT_LOOP_BUSY = { warning: 0.7, bad: 0.9, unit: 'percent', says: 'event loop $value busy' } as const
const EVENT_LOOP_DELAY = { warning: 0.1, bad: 0.5, unit: 'seconds', says: 'event loop $value late' } as const

/** A process that starts blocks its own loop. That has left the minute that is judged when two minutes have passed. */
const unlessStarting = (expr: string) => `${expr} unless on () (time() - process_start_time_seconds{$target} < 120)`

/** Shares of what V8's heap may grow to, and of what the system lets the process have. Where no limit is known, none. */
const HEAP_SHARE = { warning: 0.8, bad: 0.9, unit: 'percent', says: 'heap $value full' } as const
const MEMORY_SHARE = { warning: 0.8, bad: 0.9, unit: 'percent', says: 'memory $value of its limit' } as const

const quantileTile = (name: 'p50' | 'p95' | 'p99', q: number, meaning: string): Panel => ({
  id: `tile-${name}`,
  title: name,
  subtitle: 'last $range',
  unit: 'seconds',
  help: `${meaning} of the last $range were answered within this time, from the request to the head of its response.`,
  empty: NO_REQUESTS,
  chart: 'tile',
  queries: [
    ...judged((window) => quantile(q, window), {
      warning: LATENCY[name][0],
      bad: LATENCY[name][1],
      unit: 'seconds',
      says: `${name} $value`,
    }),
    { expr: quantile(q, RANGE_BEFORE), legend: 'before', isInstant: true },
    { expr: quantile(q, NOW), legend: 'now', colour: name },
    remembered,
  ],
})

const tiles: Panel[] = [
  {
    id: 'tile-requests',
    title: 'Requests',
    subtitle: 'last $range',
    unit: 'perSecond',
    help: 'Responses per second in the last $range, compared with the $range before. The curve shows the rate over time. The total counts every response since the process started.',
    empty: NO_REQUESTS,
    chart: 'tile',
    queries: [
      { expr: `sum(rate(${requests()}${NOW}))`, legend: 'now', colour: 'ok' },
      { expr: `sum(rate(${requests()}${RANGE}))`, legend: 'value', isInstant: true },
      { expr: `sum(rate(${requests()}${RANGE_BEFORE}))`, legend: 'before', isInstant: true },
      { expr: `sum(${requests()})`, legend: 'total' },
      remembered,
    ],
  },
  {
    id: 'tile-errors',
    title: 'Errors (5xx)',
    subtitle: 'last $range',
    unit: 'percent',
    help: 'The share of the responses of the last $range whose status was 500 or above.',
    empty: NO_REQUESTS,
    chart: 'tile',
    queries: [
      ...judged(failedShare, ERROR_SHARE),
      { expr: failedShare(RANGE_BEFORE), legend: 'before', isInstant: true },
      { expr: failedShare(NOW), legend: 'now', colour: 'server' },
      remembered,
    ],
  },
  quantileTile('p50', 0.5, 'Half of the requests'),
  quantileTile('p95', 0.95, '95 of 100 requests'),
  quantileTile('p99', 0.99, '99 of 100 requests'),
  {
    id: 'tile-in-flight',
    title: 'In flight',
    subtitle: 'now, all routes and all traffic',
    unit: 'count',
    help: 'Requests of all routes whose response was not complete at the last scrape. Event streams, such as this page’s own, are counted separately.',
    empty: 'No samples yet.',
    chart: 'tile',
    queries: [
      { expr: 'sum(requests_in_flight{$target,kind="request"})', legend: 'now', colour: 'redirect' },
      { expr: 'sum(requests_in_flight{$target,kind="stream"})', legend: 'streams', isInstant: true },
    ],
  },
]

export const byStatus: Panel = {
  id: 'requests-by-status',
  title: 'Requests',
  tab: 'By status',
  subtitle: 'per second over $window, by status',
  unit: 'perSecond',
  help: 'Responses per second, stacked by status class. 499 means that the client closed the connection before a response.',
  empty: SEND_REQUESTS,
  chart: 'stack',
  queries: [
    { expr: `sum(rate(${requests(',status=~"[12].."')}${NOW}))`, legend: '2xx', colour: 'ok' },
    { expr: `sum(rate(${requests(',status=~"3.."')}${NOW}))`, legend: '3xx', colour: 'redirect' },
    { expr: `sum(rate(${requests(',status=~"4..",status!="499"')}${NOW}))`, legend: '4xx', colour: 'client' },
    { expr: `sum(rate(${requests(',status=~"5.."')}${NOW}))`, legend: '5xx', colour: 'server' },
    { expr: `sum(rate(${requests(',status="499"')}${NOW}))`, legend: '499 left', colour: 'gone' },
  ],
}

const byRoute: Panel = {
  id: 'requests-by-route',
  title: 'Requests',
  tab: 'By route',
  subtitle: 'per second over $window, by route',
  unit: 'perSecond',
  help: 'Responses per second, stacked by route template. The busiest routes of the range have their own colour; the rest are added up.',
  empty: SEND_REQUESTS,
  chart: 'stack',
  queries: [{ expr: `sum by (route) (rate(${requests()}${NOW}))`, legend: '{{route}}' }],
}

const count: Panel = {
  id: 'requests-count',
  title: 'Requests',
  tab: 'Count',
  subtitle: 'counted since the process started',
  unit: 'count',
  help: 'The counter itself: every response since the process started. It falls only when the process restarts.',
  empty: SEND_REQUESTS,
  chart: 'lines',
  axis: 'fitted',
  queries: [{ expr: `sum(${requests()})`, legend: 'requests', colour: 'ok' }],
}

const buckets: Panel = {
  id: 'latency-buckets',
  title: 'Latency buckets',
  subtitle: 'share of requests, last $range',
  unit: 'percent',
  help: 'How the latencies of the last $range are distributed. Each bar is a bucket of the histogram, between the two bounds written under it.',
  empty: NO_REQUESTS,
  chart: 'buckets',
  queries: [{ expr: `sum by (le) (increase(${BUCKETS}${RANGE}))`, legend: '{{le}}', isInstant: true }],
}

export const heatmap: Panel = {
  id: 'latency-heat-map',
  title: 'Latency heat map',
  subtitle: 'requests per second, by latency over time',
  unit: 'perSecond',
  help: 'Each cell is a latency bucket at one moment. A stronger colour means more requests. Two bands mean two kinds of requests, such as fast and slow ones.',
  empty: NO_REQUESTS,
  chart: 'heatmap',
  queries: [{ expr: `sum by (le) (rate(${BUCKETS}${NOW}))`, legend: '{{le}}' }],
  hasExemplars: true,
}

export const percentiles: Panel = {
  id: 'latency-percentiles',
  title: 'Latency percentiles',
  subtitle: 'each over $window, logarithmic',
  unit: 'seconds',
  help: 'The time within which 50, 95 and 99 of 100 requests were answered, interpolated inside the histogram’s buckets. A gap means no requests.',
  empty: NO_REQUESTS,
  chart: 'lines',
  axis: 'log',
  queries: percentilesOf(BUCKETS),
  hasExemplars: true,
}

const errors: Panel = {
  id: 'errors',
  title: 'Errors over time',
  subtitle: '5xx per second over $window, by status and route',
  unit: 'perSecond',
  help: 'Responses per second with a status of 500 or above, stacked by status and route. They have an axis of their own, because 1% of all requests is only a thin line in a stack.',
  empty: 'No 5xx responses in the last $range.',
  isEmptyAnswer: true,
  chart: 'stack',
  queries: [
    {
      expr: `sum by (status, route) (rate(${requests(',status=~"5.."')}${NOW}))`,
      legend: '{{status}} {{route}}',
      colours: ['server', 'p99', 'p95', 'client', 'redirect'],
    },
  ],
}

const ROUTE = ' by (method, route)'

const routes: Panel = {
  id: 'routes',
  title: 'Routes',
  subtitle: 'last $range; rate of the last minute',
  unit: 'perSecond',
  help: 'For each method and route template: the rate over the last minute, the share of errors and the latency over the last $range, and the total since the process started. Choose a route to filter the whole board by it.',
  empty: NO_REQUESTS,
  chart: 'routes',
  queries: [
    { expr: `sum${ROUTE} (rate(${requests()}${MINUTE}))`, legend: 'Rate', isInstant: true },
    { expr: failedShare(RANGE, ROUTE), legend: '5xx', isInstant: true },
    { expr: quantile(0.5, RANGE, 'le, method, route'), legend: 'p50', isInstant: true },
    { expr: quantile(0.95, RANGE, 'le, method, route'), legend: 'p95', isInstant: true },
    { expr: quantile(0.99, RANGE, 'le, method, route'), legend: 'p99', isInstant: true },
    { expr: `sum${ROUTE} (${requests()})`, legend: 'Total', isInstant: true },
  ],
}

export const exceptions: Panel = {
  id: 'exceptions',
  title: 'Exceptions',
  subtitle: 'since the start, newest first',
  unit: 'count',
  help: 'Errors that pages, handlers, actions, the proxy and tRPC procedures threw since the process started, by class and route. Open one to read its messages. Only the process that threw an error has its messages.',
  empty: 'None so far. Errors that a page, a handler or a procedure throws appear here.',
  chart: 'exceptions',
  queries: [
    {
      expr: `sum by (error, kind, route) (exceptions_total{${HTTP}})`,
      legend: '{{error}} {{route}}',
      isInstant: true,
    },
  ],
}

const runtime: Panel[] = [
  {
    id: 'cpu',
    title: 'CPU',
    subtitle: 'cores',
    of: 'sum',
    unit: 'cores',
    help: 'CPU time that the process uses per second, user and system together. 1 means that one core is busy all the time.',
    empty: 'No samples yet.',
    chart: 'gauge',
    queries: [{ expr: `sum(rate(process_cpu_seconds_total{$target}${NOW}))`, legend: 'CPU', colour: 'p95' }],
  },
  {
    id: 'memory',
    title: 'Memory',
    subtitle: 'resident',
    of: 'sum',
    unit: 'bytes',
    help: 'Resident memory: what the process has in RAM, with heap, buffers, code and stacks.',
    empty: 'No samples yet.',
    chart: 'gauge',
    queries: [
      { expr: 'sum(process_resident_memory_bytes{$target})', legend: 'resident', colour: 'redirect' },
      {
        expr: 'max(nodejs_heap_size_used_bytes{$target} / nodejs_heap_size_limit_bytes{$target})',
        legend: 'share of the heap’s limit',
        isInstant: true,
        thresholds: { ...HEAP_SHARE, window: 'now' },
      },
      {
        expr: 'max(process_resident_memory_bytes{$target} / nodejs_constrained_memory_bytes{$target})',
        legend: 'share of the system’s limit',
        isInstant: true,
        thresholds: { ...MEMORY_SHARE, window: 'now' },
      },
    ],
  },
  {
    id: 'event-loop',
    title: 'Event loop',
    subtitle: 'busy, %',
    of: 'worst',
    unit: 'percent',
    help: 'The share of time in which the event loop was running code. Near 100%, requests have to wait. If it is far above the CPU’s share, other processes are using the CPU.',
    empty: 'No samples yet.',
    chart: 'gauge',
    queries: [
      {
        expr: `max(clamp_max(rate(nodejs_eventloop_busy_seconds_total{$target}${NOW}), 1))`,
        legend: 'busy',
        colour: 'p99',
      },
      {
        expr: unlessStarting(`max(clamp_max(rate(nodejs_eventloop_busy_seconds_total{$target}${MINUTE}), 1))`),
        legend: 'busy, last minute',
        isInstant: true,
        thresholds: { ...EVENT_LOOP_BUSY, window: 'last $minute' },
      },
      {
        expr: unlessStarting(quantile(0.99, MINUTE, 'le', 'nodejs_eventloop_delay_seconds_bucket{$target}')),
        legend: 'p99 of the delay, last minute',
        isInstant: true,
        thresholds: { ...EVENT_LOOP_DELAY, window: 'last $minute' },
      },
    ],
  },
  {
    id: 'garbage-collection',
    title: 'Garbage collection',
    subtitle: 'ms per s',
    of: 'sum',
    unit: 'millisecondsPerSecond',
    help: 'Time per second that garbage collection took. The main thread runs nothing else meanwhile.',
    empty: 'No samples yet.',
    chart: 'gauge',
    queries: [{ expr: `sum(rate(nodejs_gc_duration_seconds_sum{$target}${NOW}))`, legend: 'collecting', colour: 'ok' }],
  },
]

const memory = (metric: string, legend: string, colour: Colour): Query => ({
  expr: `sum(${metric}{$target})`,
  legend,
  colour,
})

const memoryByKind: Panel = {
  id: 'memory-by-kind',
  title: 'Memory by kind',
  subtitle: 'megabytes',
  of: 'sum',
  unit: 'megabytes',
  help: 'The process’s memory by kind. A line that rises for hours and never falls is a leak. Objects count as heap used. Buffers count as array buffers, which are part of external. Memory of native code shows only in resident.',
  empty: 'No samples yet.',
  chart: 'lines',
  queries: [
    memory('process_resident_memory_bytes', 'resident', 'redirect'),
    memory('nodejs_heap_size_total_bytes', 'heap total', 'gone'),
    memory('nodejs_heap_size_used_bytes', 'heap used', 'p95'),
    memory('nodejs_external_memory_bytes', 'external', 'p99'),
    memory('nodejs_array_buffer_memory_bytes', 'array buffers', 'ok'),
  ],
}

const eventLoopDelay: Panel = {
  id: 'event-loop-delay',
  title: 'Event loop delay',
  subtitle: 'each over $window, logarithmic',
  unit: 'seconds',
  help: 'How long a task that was ready waited for the event loop, at 50, 95 and 99 of 100 moments. Code that blocks the loop delays every request.',
  empty: 'No samples yet.',
  chart: 'lines',
  axis: 'log',
  queries: percentilesOf('nodejs_eventloop_delay_seconds_bucket{$target}'),
}

export const overview: Board = {
  id: 'overview',
  title: 'Overview',
  annotations: {
    starts: 'process_start_time_seconds{$target}',
    builds: 'build_info{$target}',
    notes: 'last_over_time(annotation_timestamp_seconds{$target}[$__range])',
  },
  places: [
    ...tiles.map((panel) => ({ span: 2, panels: [panel] }) as const),
    { span: 7, panels: [byStatus, byRoute, count] },
    { span: 5, panels: [buckets] },
    { span: 7, panels: [heatmap] },
    { span: 5, panels: [percentiles] },
    { span: 7, panels: [errors] },
    { span: 5, panels: [exceptions] },
    { span: 12, panels: [routes] },
    ...runtime.map((panel) => ({ span: 3, panels: [panel] }) as const),
    { span: 7, panels: [memoryByKind] },
    { span: 5, panels: [eventLoopDelay] },
  ],
}
