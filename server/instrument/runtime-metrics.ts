// What Node and the operating system say about this process: prom-client's default metrics without those whose names
// mislead, and our own where their numbers would.
import type { PerformanceEntry } from 'node:perf_hooks'
import { constants, PerformanceObserver, performance } from 'node:perf_hooks'
import { collectDefaultMetrics } from 'prom-client'
import { countUpTo } from './count-up-to'
import { declareHistogram } from './declare'
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
  countCpuSeconds(registry)
  countBusySeconds(registry)
}

/** Since the process began: prom-client's own begin when they are declared, and so miss the start. */
function countCpuSeconds(registry: OurRegistry): void {
  const count = (name: string, help: string, micros: () => number) => {
    registry.removeSingleMetric(name)
    countUpTo(registry, { name, help }, () => micros() / 1e6)
  }
  const user = () => process.cpuUsage().user
  const system = () => process.cpuUsage().system
  const both = () => user() + system()
  count('process_cpu_user_seconds_total', 'User CPU time since the process started (seconds).', user)
  count('process_cpu_system_seconds_total', 'System CPU time since the process started (seconds).', system)
  count('process_cpu_seconds_total', 'User and system CPU time since the process started (seconds).', both)
}

/**
 * The event loop's busy time as a counter, so that rate() gives the busy share of any window, and two scrapers don't
 * disturb each other as they do with prom-client's lag gauges, which every collection resets. It is time on the clock:
 * on a machine whose processors are taken by others it grows faster than the CPU time.
 */
function countBusySeconds(registry: OurRegistry): void {
  const name = 'nodejs_eventloop_busy_seconds_total'
  const help = 'Time that the event loop had code to run (seconds); its rate is the busy share, from 0 to 1.'
  countUpTo(registry, { name, help }, () => performance.eventLoopUtilization().active / 1000)
}

/**
 * Takes the place of prom-client's own, which reads one entry of each batch and so misses most collections. Durations
 * are time on the clock, as Node gives them.
 */
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
