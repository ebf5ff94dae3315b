// What SIGTERM does while clients hold connections over which nothing will ever come: the process ends nevertheless, but
// not before it has answered what it was asked.
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import type { Mode, Server } from './start-server'
import { startServer } from './start-server'

const LIVE = encodeURIComponent('{"exprs":["up"],"rangeMs":60000,"stepMs":1000}')
/** Longer than any connection may be idle by then. */
const SLOW_MS = 8_000
/** Of 240 KB each: more than all buffers between two programs hold. */
const ANSWERS = 100
const LARGE = '/prometheus/api/v1/query_range?query=vector(1)&start=0&end=10999&step=1'
const FORM = 'Content-Type: application/x-www-form-urlencoded'

let folder: string
let server: Server
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shutdown-'))
})
test.afterEach(async () => {
  await server?.kill()
  rmSync(folder, { recursive: true })
})

/** Whatever the server does with it: to be reset is one way of being closed. */
function open(...lines: string[]): Socket {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(lines.join('\r\n'))
  return socket
}

const get = (path: string) => [`GET ${path} HTTP/1.1`, 'Host: localhost', '', '']

async function openStuckConnections(): Promise<Socket[]> {
  const unread = open(get(LARGE).join('\r\n').repeat(ANSWERS))
  unread.pause()
  const sockets = [
    open(),
    open('GET / HTTP/1.1', 'Host: localhost'),
    open('POST /prometheus/api/v1/query HTTP/1.1', 'Host: localhost', FORM, 'Content-Length: 100', '', 'query='),
    open('POST /demo/api/orders HTTP/1.1', 'Host: localhost', 'Content-Length: 100', '', '{'),
    open(...get(`/api/trpc/metrics.live?input=${LIVE}`)),
    open(...get('/')),
    open('GET / HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', '', ''),
  ]
  for (const socket of sockets) socket.resume()
  await sleep(1000)
  return [...sockets, unread]
}

for (const mode of ['start', 'standalone'] satisfies Mode[]) {
  test(`a server that is told to end does, with all that it was asked answered and written (${mode})`, async () => {
    const env = { DATA_DIR: folder, FLUSH_INTERVAL: '1m' }
    server = await startServer({ mode, env })
    const sockets = await openStuckConnections()
    const slow = fetch(`${server.url}/demo/slow?ms=${SLOW_MS}`).then((response) => response.json())
    await sleep(500)
    const toldMs = Date.now()
    expect(await server.stop()).toBe(143)
    const endedMs = Date.now()
    expect(await slow).toEqual({ ms: SLOW_MS })
    for (const socket of sockets) socket.destroy()

    server = await startServer({ mode, env })
    const lastSeconds = async () => {
      const response = await fetch(`${server.url}/prometheus/api/v1/query?query=up[5m]`)
      const { data } = await response.json()
      const seconds: number[] = data.result.flatMap(({ values }: { values: [number, string][] }) =>
        values.map(([at]) => at),
      )
      return Math.max(...seconds.filter((at) => at * 1000 < endedMs))
    }
    await expect.poll(lastSeconds).toBeGreaterThan((toldMs + SLOW_MS - 3_000) / 1000)
  })
}

test('a development server that is told to end does @long', async () => {
  server = await startServer({ mode: 'dev' })
  const sockets = await openStuckConnections()
  expect(await server.stop()).toBe(0)
  for (const socket of sockets) socket.destroy()
})
