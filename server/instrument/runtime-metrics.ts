// What Node and the operating system say about this process: prom-client's default metrics without those whose names
// mislead, and two of our own where their numbers would.
import type { PerformanceEntry } from 'node:perf_hooks'
import { constants, PerformanceObserver, performance } from 'node:perf_hooks'
import { collectDefaultMetrics } from 'prom-client'
import { declareCounter, declareHistogram } from './declare'
import type { OurRegistry } from './registry'

const GC_KINDS = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
])

/** Gauges with a counter's name, which promtool objects to; the gauges by type beside them say more. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/**
 * Declares them in `registry`; a second call changes nothing. It starts observers, so it belongs to the start of a
 * server and never to the top level of a module, which `next build` evaluates too.
 */
export function declareRuntimeMetrics(registry: OurRegistry): void {
  if (registry.getSingleMetric('process_cpu_seconds_total') !== undefined) return
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  observeGarbageCollection(registry)
  countBusySeconds(registry)
}

/**
 * The event loop's busy time as a counter, so that rate() gives the busy share of any window, and two scrapers don't
 * disturb each other as they do with prom-client's lag gauges, which every collection resets.
 */
function countBusySeconds(registry: OurRegistry): void {
  let countedMs = 0
  const busySeconds = declareCounter(registry, {
    name: 'nodejs_eventloop_busy_seconds_total',
    help: 'Time that the event loop ran code instead of waiting (seconds); its rate is the busy share, from 0 to 1.',
    collect() {
      const { active } = performance.eventLoopUtilization()
      busySeconds.inc((active - countedMs) / 1000)
      countedMs = active
    },
  })
}

/** Takes the place of prom-client's own, which reads one entry of each batch and so misses most collections. */
function observeGarbageCollection(registry: OurRegistry): void {
  registry.removeSingleMetric('nodejs_gc_duration_seconds')
  const durations = declareHistogram(registry, {
    name: 'nodejs_gc_duration_seconds',
    help: 'Garbage collection duration by kind, one of major, minor, incremental or weakcb.',
    labels: ['kind'],
    buckets: [0.001, 0.01, 0.1, 1, 2, 5],
    startAt0: [...GC_KINDS.values()].map((kind) => ({ kind })),
  })

  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail, duration } = entry as PerformanceEntry & { detail: { kind: number } }
      durations.observe({ kind: GC_KINDS.get(detail.kind) ?? 'other' }, duration / 1000)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
}
