// The viewers of viewers.bench.ts, in a process of their own: bare sockets that look for ids in what comes, because a
// real client would cost more than the server that is measured.
import { createConnection } from 'node:net'

/** Connections begun at once, and the pause after them: a listener's queue holds 511. */
const BURST = 100
const BURST_PAUSE_MS = 20
/** What begins one event may come in two chunks: so much of a chunk's end is looked at again with the next one. */
const TAIL_LENGTH = 40
const EVENT_ID = /\nid: (\d+)/g

/**
 * @typedef {object} Viewer
 * @property {import('node:net').Socket} socket
 * @property {string} tail
 * @property {number} status
 * @property {number} firstMs after the opening; NaN before the first event
 */

/** @type {Set<Viewer>} */
const viewers = new Set()
/** @type {number[] | undefined} how late events come, in milliseconds, while that is asked */
let lags
let bytes = 0

process.on('message', async (/** @type {any} */ { ask, url, count, reads, limitMs }) => {
  if (ask === 'open') process.send?.(await open(new URL(url), count, reads, limitMs))
  if (ask === 'listen') {
    lags = []
    bytes = 0
    setTimeout(() => {
      process.send?.({ lags, bytes, open: [...viewers].filter(({ socket }) => !socket.destroyed).length })
      lags = undefined
    }, limitMs)
  }
  if (ask === 'close') {
    for (const { socket } of viewers) socket.destroy()
    viewers.clear()
    process.send?.({})
  }
})

/**
 * Opens so many streams; tells when each had its first event (null: not in time), and the statuses of the answers.
 * Viewers that don't read are told of once they are connected.
 * @param {URL} url
 * @param {number} count
 * @param {boolean} reads
 * @param {number} limitMs
 */
async function open(url, count, reads, limitMs) {
  const begunMs = performance.now()
  const request = `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: text/event-stream\r\n\r\n`
  /** @type {Viewer[]} */
  const opened = []
  for (let i = 0; i < count; i++) {
    if (i % BURST === BURST - 1) await new Promise((resolve) => setTimeout(resolve, BURST_PAUSE_MS))
    opened.push(openOne(url, request, reads, begunMs))
  }
  const isDone = ({ firstMs, socket, status }) => !Number.isNaN(firstMs) || socket.destroyed || status >= 400
  while (performance.now() - begunMs < limitMs && (!reads || !opened.every(isDone))) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  /** @type {Record<string, number>} */
  const statuses = {}
  for (const { status } of opened) statuses[status] = (statuses[status] ?? 0) + 1
  return { firstMs: opened.map(({ firstMs }) => firstMs), statuses, bytes }
}

function openOne(/** @type {URL} */ url, /** @type {string} */ request, reads, begunMs) {
  const socket = createConnection({ host: url.hostname, port: Number(url.port) })
  /** @type {Viewer} */
  const viewer = { socket, tail: '', status: 0, firstMs: Number.NaN }
  viewers.add(viewer)
  socket.on('error', () => {})
  socket.write(request)
  if (!reads) {
    socket.pause()
    return viewer
  }
  socket.on('data', (chunk) => {
    bytes += chunk.length
    const text = viewer.tail + chunk.latin1Slice()
    if (viewer.status === 0) viewer.status = Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1] ?? 0)
    let end = 0
    for (const match of text.matchAll(EVENT_ID)) {
      end = match.index + match[0].length
      if (Number.isNaN(viewer.firstMs)) viewer.firstMs = performance.now() - begunMs
      lags?.push(Date.now() - Number(match[1]))
    }
    viewer.tail = text.slice(Math.max(end, text.length - TAIL_LENGTH))
  })
  return viewer
}
