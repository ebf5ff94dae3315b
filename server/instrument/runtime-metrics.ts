// What Node and the operating system report about this process: prom-client's default metrics, without those with misleading
// names, and our own in place of those with misleading values. No scrape changes what another scraper reads.
/// <reference path="./prom-client-metrics.d.ts" />

import { totalmem } from 'node:os'
import type { PerformanceEntry } from 'node:perf_hooks'
import { constants, PerformanceObserver, performance } from 'node:perf_hooks'
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js'
import heapSpacesSizeAndUsed from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js'
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js'
import processHandles from 'prom-client/lib/metrics/processHandles.js'
import processMaxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js'
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js'
import processRequests from 'prom-client/lib/metrics/processRequests.js'
import processResources from 'prom-client/lib/metrics/processResources.js'
import processStartTime from 'prom-client/lib/metrics/processStartTime.js'
import version from 'prom-client/lib/metrics/version.js'
import { heapLimitBytes } from '../heap-limit'
import { countUpTo } from './count-up-to'
import { declareGauge, declareHistogram } from './declare'
import { observeEventLoopDelay } from './event-loop-delay'
import type { OurRegistry } from './registry'

const GC_KINDS = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
])

/**
 * Those of prom-client's that say what is so now, or count from the start. Its `eventLoopLag` isn't among them: a histogram
 * that each collection resets, so that of two scrapers none sees all, and a gauge of the collection before.
 */
const TAKEN = [
  processStartTime,
  osMemoryHeap,
  processOpenFileDescriptors,
  processMaxFileDescriptors,
  processResources,
  processHandles,
  processRequests,
  heapSizeAndUsed,
  heapSpacesSizeAndUsed,
  version,
]

/** Gauges with a counter's name, which promtool objects to; the gauges by type beside them say more. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/**
 * Declares them in `registry`; a second call changes nothing. It starts observers, so it belongs to the start of a
 * server and never to the top level of a module, which `next build` evaluates too.
 */
export function declareRuntimeMetrics(registry: OurRegistry): void {
  if (registry.getSingleMetric('process_cpu_seconds_total') !== undefined) return
  for (const declare of TAKEN) declare(registry)
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  declareArrayBuffers(registry)
  declareMemoryLimits(registry)
  observeEventLoopDelay(registry)
  observeGarbageCollection(registry)
  countCpuSeconds(registry)
  countBusySeconds(registry)
}

/** Where a leak of Buffers shows, which is outside of the heap. prom-client has the sum of all external memory only. */
function declareArrayBuffers(registry: OurRegistry): void {
  const gauge = declareGauge(registry, {
    name: 'nodejs_array_buffer_memory_bytes',
    help: 'Memory of ArrayBuffers and Buffers (bytes), which is part of the external memory.',
    collect(): void {
      gauge.set(process.memoryUsage().arrayBuffers)
    },
  })
}

/** What memory is judged by. A process without a limit of the system has no second gauge: absence, not infinity. */
function declareMemoryLimits(registry: OurRegistry): void {
  const heap = declareGauge(registry, {
    name: 'nodejs_heap_size_limit_bytes',
    help: 'What the heap may grow to before V8 ends the process (bytes): --max-old-space-size, and the least young generation.',
    collect(): void {
      heap.set(heapLimitBytes())
    },
  })
  if (constrainedBytes() === undefined) return
  const constrained = declareGauge(registry, {
    name: 'nodejs_constrained_memory_bytes',
    help: 'The memory that the system lets this process have (bytes), such as the limit of its container.',
    collect(): void {
      constrained.set(constrainedBytes() ?? Number.NaN)
    },
  })
}

/** Without a limit Node says undefined, 0, or more than there is. */
function constrainedBytes(): number | undefined {
  const bytes = process.constrainedMemory() ?? 0
  return bytes > 0 && bytes < totalmem() ? bytes : undefined
}

/** Since the process began: prom-client's own begin when they are declared, and so miss the start. */
function countCpuSeconds(registry: OurRegistry): void {
  const count = (name: string, help: string, micros: () => number) =>
    countUpTo(registry, { name, help }, () => micros() / 1e6)
  const user = () => process.cpuUsage().user
  const system = () => process.cpuUsage().system
  const both = () => user() + system()
  count('process_cpu_user_seconds_total', 'User CPU time since the process started (seconds).', user)
  count('process_cpu_system_seconds_total', 'System CPU time since the process started (seconds).', system)
  count('process_cpu_seconds_total', 'User and system CPU time since the process started (seconds).', both)
}

/**
 * The event loop's busy time as a counter, so that rate() gives the busy share of any window. It is time on the clock: on a
 * machine whose processors are taken by others it grows faster than the CPU time.
 */
function countBusySeconds(registry: OurRegistry): void {
  const name = 'nodejs_eventloop_busy_seconds_total'
  const help = 'Time that the event loop had code to run (seconds); its rate is the busy share, from 0 to 1.'
  countUpTo(registry, { name, help }, () => performance.eventLoopUtilization().active / 1000)
}

/**
 * In the place of prom-client's own, which reads one entry of each batch and so misses most collections. Durations are time
 * on the clock, as Node gives them.
 */
function observeGarbageCollection(registry: OurRegistry): void {
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
