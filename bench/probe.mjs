// Loaded before a measured server (node --import). It tells the process that started it its CPU time, its heap and the
// longest turn of its event loop, and
// takes the hooks of this app off its HTTP server and puts them on again, so that nothing in the product is a switch. In
// their place it can have what is usually written by hand.
import diagnosticsChannel from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Histogram, Registry } from 'prom-client'

let contestant = 'hearth'

// A listener that is subscribed and unsubscribed again and again would make V8 compile Node's server anew each time: it
// stays, and is passed by. What remains without hooks is a call that does nothing, at most 0.2 microseconds.
const { subscribe } = diagnosticsChannel
diagnosticsChannel.subscribe = (name, listener) => {
  const isHook = String(name).startsWith('http.server.')
  subscribe(name, isHook ? (...message) => (contestant === 'hearth' ? listener(...message) : undefined) : listener)
}
syncBuiltinESMExports()

const registers = [new Registry()]
const labelNames = ['method', 'route', 'status']
const requests = new Counter({ name: 'requests_total', help: 'Requests', labelNames, registers })
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const latency = new Histogram({ name: 'latency_seconds', help: 'Latency', labelNames, buckets, registers })

subscribe('http.server.request.start', (message) => {
  if (contestant !== 'middleware') return
  const { request, response } = /** @type {import('../server/http-channels').Exchange} */ (message)
  const startedMs = performance.now()
  response.once('finish', () => {
    const labels = { method: request.method ?? '', route: '/', status: response.statusCode }
    requests.inc(labels)
    latency.observe(labels, (performance.now() - startedMs) / 1000)
  })
})

process.on(
  'message',
  (
    /** @type {{ ask?: 'cpu' | 'heap' | 'rss' | 'turn' | 'stall', contestant?: string }} */ { ask, contestant: next },
  ) => {
    if (next !== undefined) contestant = next
    if (ask === 'cpu') {
      const { user, system } = process.cpuUsage()
      process.send?.(user + system)
    }
    if (ask === 'heap') tellHeap()
    if (ask === 'rss') process.send?.(process.memoryUsage.rss())
    if (ask === 'turn') tellLongestTurn()
    if (ask === 'stall') tellStall()
  },
)
process.channel?.unref()

/** @type {import('node:perf_hooks').IntervalHistogram | undefined} */
let delays

/** What is measured is how late a timer of 1 ms is. */
function tellStall() {
  process.send?.(delays ? Math.max(0, delays.max / 1e6 - 1) : 0)
  delays ??= monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  delays.reset()
}

/** The memory of array buffers is given back in the background, after the collection that has found them unused. */
function tellHeap() {
  gc?.()
  setTimeout(() => {
    gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    process.send?.(heapUsed + arrayBuffers)
  }, 500)
}

let longestTurnMs = 0
/** @type {NodeJS.Timeout | undefined} */
let turnTimer

/** Since it was asked for the last time. A timer that is always due fires once in each turn of a busy event loop. */
function tellLongestTurn() {
  process.send?.(longestTurnMs)
  longestTurnMs = 0
  if (turnTimer) return
  let beforeMs = mainThreadMs()
  turnTimer = setInterval(() => {
    const nowMs = mainThreadMs()
    longestTurnMs = Math.max(longestTurnMs, nowMs - beforeMs)
    beforeMs = nowMs
  }, 1)
  turnTimer.unref()
}

/** Processor time of the thread that answers requests, which Linux tells in nanoseconds. */
function mainThreadMs() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6
}
