import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refuseOddRequests } from './odd-requests'

/** Says what it was asked, with the status that the request's header asks for. */
const answerUrl: RequestListener = ({ headers, url }, response) => {
  if (headers.relayed !== undefined) response.statusMessage = 'Of Another Server'
  response.statusCode = Number(headers.wants ?? 200)
  response.end(`asked ${url}`)
}
const server = createServer(answerUrl)
let end: () => void

beforeAll(async () => {
  end = refuseOddRequests()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  end()
  server.close()
})

/** Status and body. */
async function ask(line: string, ...headers: string[]): Promise<[number, string]> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write([line, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n'))
  const answer = await text(socket)
  return [Number(answer.split(' ', 2)[1]), answer.slice(answer.indexOf('\r\n\r\n') + 4)]
}

describe('a request is refused before the app hears of it', () => {
  test.each([
    'TRACE / HTTP/1.1',
    'TRACE /demo HTTP/1.0',
    'OPTIONS * HTTP/1.1',
    'GET * HTTP/1.0',
    'GET http://x/dashboard HTTP/1.1',
    'GET http://[ HTTP/1.1',
  ])('%s', async (line) => {
    const [status, body] = await ask(line)
    expect(status).toBe(400)
    expect(body).not.toContain('asked')
  })
})

describe('a path that cannot be decoded', () => {
  test.each(['/%', '/a/%ff', '/%e9t%e9?b=c'])('is no fault of the app: %s', async (path) => {
    expect(await ask(`GET ${path} HTTP/1.1`, 'Wants: 500')).toEqual([400, `asked ${path}`])
    expect(await ask(`GET ${path} HTTP/1.1`, 'Wants: 302')).toEqual([302, `asked ${path}`])
    expect(await ask(`GET ${path} HTTP/1.1`, 'Wants: 500', 'Relayed: 1')).toEqual([500, `asked ${path}`])
  })
})

test.each(['/_global-error', '/_global-error?_rsc=1', '/base/_global-error.rsc', '/_global-error.segments/x.rsc'])(
  "Next's page for errors is not there to be asked for: %s",
  async (path) => {
    const [status, body] = await ask(`GET ${path} HTTP/1.1`)
    expect([status, body]).toEqual([200, path.includes('segments') ? `asked ${path}` : 'asked /_not-found'])
  },
)

test.each(['/', '/dashboard?a=%ff', '/caf%C3%A9', '/_global-error-pages', '/a?b=/_global-error-free'])(
  'every other request passes as it is: %s',
  async (path) => {
    expect(await ask(`GET ${path} HTTP/1.1`, 'Wants: 500')).toEqual([500, `asked ${path}`])
  },
)
