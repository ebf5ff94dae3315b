// The last requests of a process: while it exits nothing can be waited for, so another thread sends them, and this one stands
// still meanwhile. It works whoever ends the process, and is over within its time.
import { Worker } from 'node:worker_threads'
import type { Destination } from './post'

/** What a receiver is sent, the oldest first. */
export type LastRequests = { destination: Destination; bodies: readonly Uint8Array<ArrayBuffer>[] }

/**
 * Blocks until all requests are answered, or the time is over. Gives the status of the answer to each request of each receiver:
 * 0 where there was none. After one without an answer the receiver is sent no more.
 */
export function deliverAtExit(all: readonly LastRequests[], timeoutMs: number): number[][] {
  const count = all.reduce((sum, { bodies }) => sum + bodies.length, 0)
  if (count === 0) return all.map(() => [])
  const shared = new SharedArrayBuffer((count + 1) * Int32Array.BYTES_PER_ELEMENT)
  const state = new Int32Array(shared)
  // Nothing of the app is to be loaded there once more: no options, no environment with NODE_OPTIONS.
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { all, shared, timeoutMs },
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  })
  worker.on('error', () => {})
  Atomics.wait(state, 0, 0, timeoutMs)
  let place = 1
  return all.map(({ bodies }) => bodies.map(() => Atomics.load(state, place++)))
}

/** As text: bundlers would look for a file in vain. */
const PROGRAM = `
const { all, shared, timeoutMs } = require('node:worker_threads').workerData
const state = new Int32Array(shared)
const controller = new AbortController()
setTimeout(() => controller.abort(), timeoutMs)
let place = 1
const sendAll = async ({ destination: { url, headers }, bodies }, first) => {
  for (const [i, body] of bodies.entries()) {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: controller.signal })
    Atomics.store(state, first + i, response.status)
    response.body?.cancel().catch(() => {})
    if (response.status >= 500 || response.status === 429) return
  }
}
const sent = all.map((one) => {
  const first = place
  place += one.bodies.length
  return sendAll(one, first).catch(() => {})
})
Promise.all(sent).finally(() => {
  Atomics.store(state, 0, 1)
  Atomics.notify(state, 0)
})
`
