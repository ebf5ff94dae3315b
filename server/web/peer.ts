// Which requests come from this machine itself. A handler sees a Request and no socket, so each request is marked when it
// begins, on a header that no client can set.
import { randomUUID } from 'node:crypto'
import { IncomingMessage, Server } from 'node:http'
import { BlockList, isIP, Socket } from 'node:net'
import type { Exchange } from '../http-channels'
import { onRequestStart } from '../http-channels'
import { guarded } from '../instrument/guarded'
import { perProcess } from '../per-process'

/** Headers are all that Next hands on to every kind of handler. */
const HEADER = 'x-hearth-peer'

/** What a reverse proxy adds: its client is not on this machine, though its connection is. */
const FORWARDED = new Set([
  'cf-connecting-ip',
  'cf-ray',
  'fly-client-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'x-client-ip',
  'x-envoy-external-address',
  'x-original-host',
  'x-real-ip',
])

/**
 * Where a request comes from. `here`: from this machine. `here-only`: from this machine, to a server that listens on a
 * loopback address alone. `unknown`: it came before `markPeers` was called.
 */
export type Peer = { place: 'elsewhere' | 'here' | 'here-only' | 'unknown'; address: string }

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Of an address, IPv4 within IPv6 included. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(plain)
  return version !== 0 && loopback.check(plain, version === 4 ? 'ipv4' : 'ipv6')
}

/** Of a Host header: no page of somebody else's can have one of these, whatever its name resolves to. */
export function isLoopbackHost(host: string | null): boolean {
  if (host === null || /[@/?#\\]/.test(host) || !URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return isLoopbackAddress(name.replace(/^\[(.*)\]$/, '$1'))
}

/** From now on `peerOf` knows. Gives a function that ends it. */
export function markPeers(): () => void {
  const mark = guarded('markPeers', ({ request, server, socket }: Pick<Exchange, 'request' | 'server' | 'socket'>) => {
    const { place, address } = lookAt(request, server, socket)
    const value = `${secretOfProcess()} ${place} ${address}`
    // Whatever a client sends there is gone, so that it can't claim to be another one.
    if (request.headers[HEADER] !== undefined) dropRaw(request)
    request.headers[HEADER] = value
    // Some servers make their Request of these.
    request.rawHeaders.push(HEADER, value)
  })
  for (const exchange of waitingExchanges()) mark(exchange)
  return onRequestStart(mark)
}

export function peerOf(headers: Headers): Peer {
  const [secret, place, address = ''] = headers.get(HEADER)?.split(' ') ?? []
  // What it says then, its client has written.
  if (secret !== secretOfProcess()) return { place: 'unknown', address: '' }
  return { place: place === 'here' || place === 'here-only' ? place : 'elsewhere', address }
}

const isOfProxy = (name: string): boolean => FORWARDED.has(name) || name.startsWith('x-forwarded')

/**
 * Those that came before: Next opens its port early, and lets them wait. Node tells of them in what it keeps for debuggers;
 * where it doesn't, they are told to come again.
 */
function waitingExchanges(): Pick<Exchange, 'request' | 'server' | 'socket'>[] {
  const list: unknown = Reflect.get(process, '_getActiveHandles')
  const handles: unknown[] = typeof list === 'function' ? list.call(process) : []
  return handles.flatMap((socket) => {
    if (!(socket instanceof Socket)) return []
    const server: unknown = Reflect.get(socket, 'server')
    const request: unknown = Reflect.get(Object(Reflect.get(socket, '_httpMessage')), 'req')
    return server instanceof Server && request instanceof IncomingMessage ? [{ request, server, socket }] : []
  })
}

function dropRaw({ rawHeaders }: IncomingMessage): void {
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === HEADER) rawHeaders.splice(at, 2)
  }
}

function lookAt(request: IncomingMessage, server: Server, { remoteAddress = '' }: Socket): Peer {
  // HTTP/1.0 is what nginx speaks to the server behind it unless it is told otherwise.
  const isForwarded = request.httpVersion === '1.0' || Object.keys(request.headers).some(isOfProxy)
  if (isForwarded || !isLoopbackAddress(remoteAddress)) return { place: 'elsewhere', address: remoteAddress }
  const listening = server.address()
  const isAlone = listening !== null && typeof listening === 'object' && isLoopbackAddress(listening.address)
  return { place: isAlone ? 'here-only' : 'here', address: remoteAddress }
}

const secretOfProcess = (): string => perProcess('peer-secret', randomUUID)
