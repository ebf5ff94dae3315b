// A plain HTTP server for the test of how connections end, which says its port: it closes at SIGTERM and exits once its
// last connection is closed, as Next does. The paths are what a request may be: /slow?ms=, /large, /upload, /stream
// (endless, until the process ends), /deaf (endless).
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { followHttpConnections } from './http-connections'

const LARGE = Array<Buffer>(300).fill(Buffer.alloc(100_000))
const ending = new AbortController()

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
  if (pathname === '/slow') await sleep(Number(searchParams.get('ms')))
  if (pathname === '/upload') await text(request).catch(() => {})
  // As fast as it is read. What a response is ended with before it is sent, Node cuts off when its server closes.
  if (pathname === '/large') Readable.from(LARGE).pipe(response)
  else if (pathname === '/stream' || pathname === '/deaf') {
    response.setHeader('content-type', 'text/event-stream')
    const writing = setInterval(() => response.write('data: 1\n\n'), 20)
    response.on('close', () => clearInterval(writing))
    if (pathname === '/stream') ending.signal.addEventListener('abort', () => response.end())
  } else response.end('answered')
})
server.on('upgrade', (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
// A connection from before the beginning.
if (process.env.EARLY !== undefined) server.once('connection', () => process.stdout.write('early\n', follow))
else follow()

server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))

function follow(): void {
  const connections = followHttpConnections({ idleMs: 600, transferMs: 5000 })
  process.once('SIGTERM', () => {
    server.close(() => process.exit(143))
    ending.abort()
    connections.end()
  })
}
