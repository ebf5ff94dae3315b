// The overview: what an operator wants to know first, from left to right and from top to bottom.
import type { Board, Colour, Panel, Query } from './panel'

/** Every HTTP expression stands on these matchers: the target and the route that the reader chose, without Hearth's own. */
const HTTP = '$target,route=~"$route",route!~"$own"'
const requests = (matchers = '') => `requests_total{${HTTP}${matchers}}`
const BUCKETS = `latency_seconds_bucket{${HTTP}}`

const SEND_REQUESTS = 'No requests in the last $range. Send one: `curl $target/`'

/** 5xx as a share of all. Without `or`, a board on which nothing ever failed would have no share at all. */
const failedShare = (window: string, by = '') =>
  `(sum${by} (rate(${requests(',status=~"5.."')}${window})) or 0 * sum${by} (rate(${requests()}${window})))` +
  ` / sum${by} (rate(${requests()}${window}))`

const quantile = (q: number, window: string, by = 'le', buckets = BUCKETS) =>
  `histogram_quantile(${q}, sum by (${by}) (rate(${buckets}${window})))`

const NOW = '[$__rate_interval]'
const RANGE = '[$__range]'
const RANGE_BEFORE = '[$__range] offset $__range'

const percentilesOf = (buckets: string): Query[] => [
  { expr: quantile(0.5, NOW, 'le', buckets), legend: 'p50', colour: 'p50' },
  { expr: quantile(0.95, NOW, 'le', buckets), legend: 'p95', colour: 'p95' },
  { expr: quantile(0.99, NOW, 'le', buckets), legend: 'p99', colour: 'p99' },
]

/** Has a value when the range before this one is wholly remembered: only then is there something to compare with. */
const remembered: Query = { expr: 'count(up{$target} offset $__two_ranges)', legend: 'remembered', isInstant: true }

const quantileTile = (name: 'p50' | 'p95' | 'p99', q: number, meaning: string): Panel => ({
  id: `tile-${name}`,
  title: name,
  subtitle: 'last $range',
  unit: 'seconds',
  help: `${meaning} of the last $range were answered within this time, counted to the response's head.`,
  empty: SEND_REQUESTS,
  chart: 'tile',
  queries: [
    { expr: quantile(q, RANGE), legend: 'value', isInstant: true },
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
    help: 'Answers per second in the last $range, beside the $range before; the line under it is the rate over time. The total counts every answer since the process started.',
    empty: SEND_REQUESTS,
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
    help: 'The share of the last $range’s answers that had a status of 500 or above.',
    empty: SEND_REQUESTS,
    chart: 'tile',
    queries: [
      { expr: failedShare(RANGE), legend: 'value', isInstant: true },
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
    subtitle: 'now, all routes',
    unit: 'count',
    help: 'Requests of any route that had no complete response when last sampled; event streams, such as this page’s own, are counted apart.',
    empty: 'Not sampled yet.',
    chart: 'tile',
    queries: [
      { expr: 'sum(requests_in_flight{$target,kind="request"})', legend: 'now', colour: 'redirect' },
      { expr: 'sum(requests_in_flight{$target,kind="stream"})', legend: 'streams', isInstant: true },
    ],
  },
]

const byStatus: Panel = {
  id: 'requests-by-status',
  title: 'Requests',
  tab: 'By status',
  subtitle: 'per second over $window, by status',
  unit: 'perSecond',
  help: 'Answers per second, stacked by the class of their status; 499 means that the client left before an answer.',
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
  help: 'Answers per second, stacked by route template: the busiest routes of the range, the others together.',
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
  help: 'The counter itself: every answer since the process started, to the last one. It falls only when the process restarts.',
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
  help: 'Where the requests of the last $range fall: each bar is a bucket of the histogram, between the two edges written under it.',
  empty: SEND_REQUESTS,
  chart: 'buckets',
  queries: [{ expr: `sum by (le) (increase(${BUCKETS}${RANGE}))`, legend: '{{le}}', isInstant: true }],
}

const heatmap: Panel = {
  id: 'latency-heat-map',
  title: 'Latency heat map',
  subtitle: 'requests per second, by latency over time',
  unit: 'perSecond',
  help: 'Each cell is a latency bucket at a moment, the darker in light theme and the brighter in dark the more requests; two bands are two kinds of requests.',
  empty: SEND_REQUESTS,
  chart: 'heatmap',
  queries: [{ expr: `sum by (le) (rate(${BUCKETS}${NOW}))`, legend: '{{le}}' }],
}

const percentiles: Panel = {
  id: 'latency-percentiles',
  title: 'Latency percentiles',
  subtitle: 'each over $window, logarithmic',
  unit: 'seconds',
  help: 'The time within which 50, 95 and 99 of 100 requests were answered, interpolated inside their buckets; a gap means no requests.',
  empty: SEND_REQUESTS,
  chart: 'lines',
  axis: 'log',
  queries: percentilesOf(BUCKETS),
}

const ROUTE = ' by (method, route)'

const routes: Panel = {
  id: 'routes',
  title: 'Routes',
  subtitle: 'last $range; rate of the last minute',
  unit: 'perSecond',
  help: 'Each method and route template: its rate in the last minute, failures and latency in the last $range, its total since the process started. Choose one to see the whole board for it alone.',
  empty: SEND_REQUESTS,
  chart: 'routes',
  queries: [
    { expr: `sum${ROUTE} (rate(${requests()}[$__minute]))`, legend: 'Rate', isInstant: true },
    { expr: failedShare(RANGE, ROUTE), legend: '5xx', isInstant: true },
    { expr: quantile(0.5, RANGE, 'le, method, route'), legend: 'p50', isInstant: true },
    { expr: quantile(0.95, RANGE, 'le, method, route'), legend: 'p95', isInstant: true },
    { expr: quantile(0.99, RANGE, 'le, method, route'), legend: 'p99', isInstant: true },
    { expr: `sum${ROUTE} (${requests()})`, legend: 'Total', isInstant: true },
  ],
}

const exceptions: Panel = {
  id: 'exceptions',
  title: 'Exceptions',
  subtitle: 'since the start, newest first',
  unit: 'count',
  help: 'What pages, handlers, actions, the proxy and tRPC procedures threw since the process started, by class and route. Open one for its messages: they stay in the process that threw them.',
  empty: 'None so far. What a page, a handler or a procedure throws appears here.',
  chart: 'exceptions',
  queries: [
    {
      expr: 'sum by (error, kind, route) (exceptions_total{$target,route=~"$route"})',
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
    unit: 'cores',
    help: 'Processor time that the process uses per second, user and system together; 1 is one core kept busy.',
    empty: 'Not sampled yet.',
    chart: 'gauge',
    queries: [{ expr: `sum(rate(process_cpu_seconds_total{$target}${NOW}))`, legend: 'CPU', colour: 'p95' }],
  },
  {
    id: 'memory',
    title: 'Memory',
    subtitle: 'resident',
    unit: 'bytes',
    help: 'Memory of the process that is in RAM: heap, buffers, code and stacks.',
    empty: 'Not sampled yet.',
    chart: 'gauge',
    queries: [{ expr: 'sum(process_resident_memory_bytes{$target})', legend: 'resident', colour: 'redirect' }],
  },
  {
    id: 'event-loop',
    title: 'Event loop',
    subtitle: 'busy, %',
    unit: 'percent',
    help: 'The share of time in which the event loop had code to run; near 100% requests queue up. Far above the CPU, it waits for a processor that others use.',
    empty: 'Not sampled yet.',
    chart: 'gauge',
    queries: [{ expr: `max(rate(nodejs_eventloop_busy_seconds_total{$target}${NOW}))`, legend: 'busy', colour: 'p99' }],
  },
  {
    id: 'garbage-collection',
    title: 'Garbage collection',
    subtitle: 'ms per s',
    unit: 'millisecondsPerSecond',
    help: 'Time per second that collecting garbage took on the clock, while nothing else ran on the main thread.',
    empty: 'Not sampled yet.',
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
  unit: 'megabytes',
  help: 'Where the memory is: what rises for hours and never falls back is a leak. Objects are on the heap, and so in heap used; Buffers are array buffers, a part of external; native code shows in resident alone.',
  empty: 'Not sampled yet.',
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
  help: 'The time within which the event loop turned to what had arrived, at 50, 95 and 99 of 100 moments: code that holds the loop makes every request wait.',
  empty: 'Not sampled yet.',
  chart: 'lines',
  axis: 'log',
  queries: percentilesOf('nodejs_eventloop_delay_seconds_bucket{$target}'),
}

export const overview: Board = {
  id: 'overview',
  title: 'Overview',
  places: [
    ...tiles.map((panel) => ({ span: 2, panels: [panel] }) as const),
    { span: 7, panels: [byStatus, byRoute, count] },
    { span: 5, panels: [buckets] },
    { span: 7, panels: [heatmap] },
    { span: 5, panels: [percentiles] },
    { span: 8, panels: [routes] },
    { span: 4, panels: [exceptions] },
    ...runtime.map((panel) => ({ span: 3, panels: [panel] }) as const),
    { span: 7, panels: [memoryByKind] },
    { span: 5, panels: [eventLoopDelay] },
  ],
}
