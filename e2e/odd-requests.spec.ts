// Requests at which Next fails by itself: each is refused as the mistake of whoever asks, and none leaves a stack trace.
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from '@playwright/test'
import type { Mode, Server } from './start-server'
import { startServer } from './start-server'

const PATHS = ['/', '/dashboard', '/demo/slow', '/demo/products/7', '/api/trpc/metrics.status', '/icon.svg', '/no/such']
const NO_PATHS = [
  '*',
  'http://x/',
  'http://evil.example/dashboard',
  'http://',
  'http://[/',
  'http://x:99999/',
  'ftp://x/',
]
const UNDECODABLE = ['/demo/products/%ff', '/demo/api/orders/%', '/api/trpc/%ff', '/prometheus/%', '/no/such/%e9']
const NOT_THERE = ['/_next/image', '/_next/image?url=%2Ficon.svg&w=64&q=75', '/_global-error', '/_global-error?_rsc=1']
const OVERLONG = `/${'a'.repeat(20_000)}`
const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PROPFIND']

const LINES = [
  ...PATHS.map((path) => `TRACE ${path}`),
  ...[...NO_PATHS, ...UNDECODABLE, ...NOT_THERE, OVERLONG].flatMap((path) => METHODS.map((way) => `${way} ${path}`)),
  ...[
    'PRI *',
    'FOO /',
    'GET',
    'GET a',
    'GET  ',
    'GET ?a',
    'GET #a',
    'GET \\',
    'GET /a b',
    'GET /\u0000',
    'GET /\u00e9',
  ],
]

for (const mode of ['start', 'standalone'] satisfies Mode[]) {
  test.describe(mode, () => {
    let server: Server
    test.beforeAll(async () => {
      server = await startServer({ mode })
    })
    test.afterAll(() => server?.stop())

    test('is asked what no app can answer', async () => {
      const said = server.output()
      for (const line of LINES) {
        const socket = connect(server.port, '127.0.0.1')
        socket.write(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'latin1')
        const answer = await text(socket)
        expect(answer, line.slice(0, 80)).toMatch(/^HTTP\/1\.1 4\d\d /)
        expect(answer, line.slice(0, 80)).not.toMatch(/\n\s+at /)
      }
      expect(server.output()).toBe(said)
      const counted = await (await fetch(`${server.url}/api/metrics?name[]=requests_total`)).text()
      for (const method of [...METHODS.filter((one) => one !== 'PROPFIND'), 'OTHER']) {
        expect(counted).toContain(`requests_total{method="${method}",route="(unmatched)",status="400"}`)
      }
      expect(counted).not.toMatch(/status="5/)
    })
  })
}
