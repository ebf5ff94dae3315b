// Loaded before a measured server (node --import). It tells the process that started it its CPU time and its heap, and
// takes the hooks of this app off its HTTP server and puts them on again, so that nothing in the product is a switch.
import diagnosticsChannel from 'node:diagnostics_channel'
import { syncBuiltinESMExports } from 'node:module'

let isHooked = true

// A listener that is subscribed and unsubscribed again and again would make V8 compile Node's server anew each time: it
// stays, and is passed by. What remains without hooks is a call that does nothing, at most 0.2 microseconds.
const { subscribe } = diagnosticsChannel
diagnosticsChannel.subscribe = (name, listener) => {
  const isHook = String(name).startsWith('http.server.')
  subscribe(name, isHook ? (...message) => (isHooked ? listener(...message) : undefined) : listener)
}
syncBuiltinESMExports()

process.on('message', (/** @type {{ ask?: 'cpu' | 'heap', contestant?: string }} */ { ask, contestant }) => {
  if (contestant !== undefined) isHooked = contestant === 'hearth'
  if (ask === 'cpu') {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  }
  if (ask === 'heap') tellHeap()
})
process.channel?.unref()

/** The memory of array buffers is given back in the background, after the collection that has found them unused. */
function tellHeap() {
  gc?.()
  setTimeout(() => {
    gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    process.send?.(heapUsed + arrayBuffers)
  }, 500)
}
