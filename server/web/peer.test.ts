import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { Http2Server, Http2ServerRequest, Http2ServerResponse, IncomingHttpHeaders } from 'node:http2'
import { connect, createServer as createHttp2Server, createSecureServer } from 'node:http2'
import { request as requestTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, describe, expect, test } from 'vitest'
import { CERTIFICATE, KEY } from '../testing/localhost-certificate'
import { createDoor } from './door'
import { hostOf, isLoopbackHost, markPeers, peerOf } from './peer'

let endMarking = markPeers()
afterAll(() => endMarking())

test.each([
  'localhost',
  'localhost:3000',
  'LOCALHOST',
  'a.localhost:1',
  '127.0.0.1',
  '127.1.2.3:80',
  '[::1]:3000',
  '0x7f.1',
])('%s is this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true)
})

test.each([
  null,
  '',
  'localhost.evil.example',
  '127.0.0.1.nip.io',
  'example.com',
  '10.0.0.1',
  '[::2]',
  '0.0.0.0',
  'a b',
  '@localhost',
])('%s is not, or nobody knows', (host) => {
  expect(isLoopbackHost(host)).toBe(false)
})

/** What a server that listens on `address` makes of a request from this machine. */
async function peerAt(address: string, headers: Record<string, string> = {}) {
  let seen: ReturnType<typeof peerOf> | undefined
  const server = createServer((incoming, response) => {
    const pairs = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    seen = peerOf(new Headers(pairs))
    const raw = new Headers()
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      raw.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '')
    }
    expect(peerOf(raw)).toEqual(seen)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
      response.resume().once('end', resolve)
    })
      .once('error', reject)
      .end()
  })
  server.close()
  return seen
}

test('a request from this machine is known by its connection, and by where the server listens', async () => {
  expect(await peerAt('127.0.0.1')).toEqual({ place: 'here-only', address: '127.0.0.1' })
  expect((await peerAt('0.0.0.0'))?.place).toBe('here')
})

test.each<Record<string, string>>([
  { 'x-forwarded-for': '127.0.0.1' },
  { forwarded: 'for=127.0.0.1' },
  { via: '1.1 proxy' },
  { 'x-real-ip': '127.0.0.1' },
  { 'x-forwarded-proto': 'https' },
  { 'cf-ray': 'a' },
])('one that a proxy has passed on comes from elsewhere: %j', async (headers) => {
  expect((await peerAt('127.0.0.1', headers))?.place).toBe('proxied')
})

test('a request that came before and still waits is known as well', async () => {
  endMarking()
  let answer = () => {}
  let seen: ReturnType<typeof peerOf> | undefined
  const server = createServer((incoming, response) => {
    answer = () => {
      seen = peerOf(new Headers({ 'x-hearth-peer': String(incoming.headers['x-hearth-peer']) }))
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const asked = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await new Promise<void>((resolve) => server.once('request', () => resolve()))
  const end = markPeers()
  answer()
  await asked
  expect(seen).toEqual({ place: 'here-only', address: '127.0.0.1' })
  endMarking = end
  server.close()
})

test('no client can claim to be of this machine', async () => {
  const claimed = { 'X-Hearth-Peer': 'secret here-only 127.0.0.1', via: '1.1 proxy' }
  expect((await peerAt('127.0.0.1', claimed))?.place).toBe('proxied')
  expect(peerOf(new Headers(claimed))).toEqual({ place: 'unknown', address: '' })
})

type Answered = { peer: ReturnType<typeof peerOf>; host: string | null }

describe('over HTTP/2', () => {
  const open = new Set<Http2Server>()
  afterAll(() => {
    for (const server of open) server.close()
  })

  /** A server that says what it makes of a request, by its headers and by those as they came. */
  async function listen(server: Http2Server, address = '127.0.0.1'): Promise<number> {
    open.add(server)
    server.on('request', (incoming: Http2ServerRequest, response: Http2ServerResponse) => {
      const plain = Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':'))
      const pairs = plain.map(([name, value]): [string, string] => [name, String(value)])
      const raw = new Headers()
      for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
        const name = incoming.rawHeaders[i] ?? ''
        if (!name.startsWith(':')) raw.append(name, incoming.rawHeaders[i + 1] ?? '')
      }
      const answers = [new Headers(pairs), raw].map((headers) => ({ peer: peerOf(headers), host: hostOf(headers) }))
      expect(answers[1]).toEqual(answers[0])
      response.end(JSON.stringify(answers[0]))
    })
    server.listen(0, address)
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  async function ask(url: string, headers: IncomingHttpHeaders = {}): Promise<Answered> {
    const session = connect(url, { rejectUnauthorized: false })
    const stream = session.request({ ':path': '/', ...headers })
    let text = ''
    stream.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    await once(stream, 'end')
    session.close()
    return JSON.parse(text)
  }

  const tls = () => createSecureServer({ key: KEY, cert: CERTIFICATE, allowHTTP1: true })

  test.each<[sentence: string, create: () => Http2Server, scheme: string]>([
    ['in plain text', createHttp2Server, 'http'],
    ['over TLS', tls, 'https'],
  ])('%s, a request is known by its connection, and by the authority that was asked', async (_, create, scheme) => {
    const port = await listen(create())
    for (let i = 0; i < 2; i++) {
      expect(await ask(`${scheme}://127.0.0.1:${port}`)).toEqual({
        peer: { place: 'here-only', address: '127.0.0.1' },
        host: `127.0.0.1:${port}`,
      })
    }
    const rebound = await ask(`${scheme}://127.0.0.1:${port}`, { ':authority': `evil.example:${port}` })
    expect(isLoopbackHost(rebound.host)).toBe(false)
    const everywhere = await listen(create(), '0.0.0.0')
    expect((await ask(`${scheme}://127.0.0.1:${everywhere}`)).peer.place).toBe('here')
  })

  test('one that a proxy has passed on comes from elsewhere', async () => {
    const port = await listen(createHttp2Server())
    expect((await ask(`http://127.0.0.1:${port}`, { 'x-forwarded-for': '127.0.0.1' })).peer.place).toBe('proxied')
    expect((await ask(`http://127.0.0.1:${port}`, { forwarded: 'for=127.0.0.1' })).peer.place).toBe('proxied')
  })

  test('no client can claim to be of this machine, nor to have asked another host', async () => {
    const port = await listen(createHttp2Server())
    const claimed = { 'x-hearth-peer': 'secret here-only 127.0.0.1 localhost', via: '1.1 proxy' }
    const { peer, host } = await ask(`http://127.0.0.1:${port}`, { ...claimed, ':authority': 'evil.example' })
    expect(peer.place).toBe('proxied')
    expect(host).toBe('evil.example')
    expect(hostOf(new Headers(claimed))).toBeNull()
  })

  test('a server that listened before is known as well, on a connection that was there', async () => {
    endMarking()
    const port = await listen(createHttp2Server())
    const session = connect(`http://127.0.0.1:${port}`)
    await once(session, 'connect')
    endMarking = markPeers()
    const stream = session.request({ ':path': '/' })
    const [text] = await once(stream.setEncoding('utf8'), 'data')
    session.close()
    expect(JSON.parse(text).peer.place).toBe('here-only')
  })

  test.each<[sentence: string, headersAt: (origin: string) => IncomingHttpHeaders, status: number]>([
    ['lets in who is of this machine', () => ({}), 200],
    ['lets in a page of ours', (origin) => ({ origin }), 200],
    ['refuses a page of another origin', () => ({ origin: 'http://evil.example' }), 403],
    ['refuses a page whose name was made to lead here', () => ({ ':authority': 'evil.example' }), 403],
    ['refuses what a proxy has passed on', () => ({ 'x-forwarded-for': '127.0.0.1' }), 401],
    ['refuses who only claims it', () => ({ 'x-hearth-peer': 'secret here-only 127.0.0.1', via: '2 proxy' }), 401],
  ])('the door %s', async (_, headersAt, status) => {
    const door = createDoor({ trusts: 'here-only' })
    const answer = (asked: Request) => door.guard(asked, 'data', () => new Response('in'))
    const server = createHttp2Server(getRequestListener(answer, { overrideGlobalObjects: false }))
    open.add(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const session = connect(origin)
    const [answered] = await once(session.request({ ':path': '/', ...headersAt(origin) }).resume(), 'response')
    session.close()
    expect(answered[':status']).toBe(status)
  })

  test('where the server speaks HTTP/1.1 as well, it is the same', async () => {
    const port = await listen(tls())
    const text = await new Promise<string>((resolve, reject) => {
      const asked = requestTls({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }, (response) => {
        response.setEncoding('utf8').once('data', resolve)
      })
      asked.once('error', reject).end()
    })
    expect(JSON.parse(text)).toEqual({
      peer: { place: 'here-only', address: '127.0.0.1' },
      host: `127.0.0.1:${port}`,
    })
  })
})
