import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { isLoopbackHost, markPeers, peerOf } from './peer'

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
  expect((await peerAt('127.0.0.1', headers))?.place).toBe('elsewhere')
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
  expect((await peerAt('127.0.0.1', claimed))?.place).toBe('elsewhere')
  expect(peerOf(new Headers(claimed))).toEqual({ place: 'unknown', address: '' })
})
