// Sends the demo's requests: about 40 a second in slow waves, 60 in a burst of 5 s every 45 s, for a limited time.
import { setTimeout as sleep } from 'node:timers/promises'
import { anyRequest } from './demo-requests.mjs'

/** @import { DemoRequest } from './demo-requests.mjs' */

/** More than this are never open at once: a server that hangs is not flooded. */
const MOST_OPEN = 200
const TICK_MS = 50

/**
 * Resolves after `durationMs`, or when `stopped` is aborted, once the last request is over.
 * @param {string} url the server's
 * @param {number} durationMs
 * @param {AbortSignal} stopped
 * @returns {Promise<void>}
 */
export async function sendTraffic(url, durationMs, stopped) {
  /** @type {Set<Promise<unknown>>} */
  const open = new Set()
  const startMs = Date.now()
  let due = 0
  while (!stopped.aborted && Date.now() < startMs + durationMs) {
    due += (ratePerSecond((Date.now() - startMs) / 1000) * TICK_MS) / 1000
    const now = Math.max(0, Math.floor(due + Math.random()))
    due -= now
    for (let i = 0; i < now && open.size < MOST_OPEN; i++) {
      const sent = send(url, anyRequest(), stopped).finally(() => open.delete(sent))
      open.add(sent)
    }
    await sleep(TICK_MS, undefined, { signal: stopped }).catch(() => {})
  }
  await Promise.all(open)
}

/** @param {number} seconds since the start */
function ratePerSecond(seconds) {
  if (seconds % 45 > 40) return 60
  return 38 + 6 * Math.sin((2 * Math.PI * seconds) / 120) + 3 * Math.sin((2 * Math.PI * seconds) / 17)
}

/**
 * Never rejects: what the server answers is for the dashboard to show.
 * @param {string} url
 * @param {DemoRequest} request
 * @param {AbortSignal} stopped
 */
async function send(url, { path, method = 'GET', leaveAfterMs }, stopped) {
  const leaves = leaveAfterMs === undefined ? [] : [AbortSignal.timeout(leaveAfterMs)]
  try {
    const signal = AbortSignal.any([stopped, ...leaves])
    const response = await fetch(`${url}${path}`, { method, signal, redirect: 'manual' })
    await response.arrayBuffer()
  } catch {
    // It left, or the server broke off.
  }
}
