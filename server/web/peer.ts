// Which requests come from this machine. A handler sees a Request and no socket, so each request is marked when it begins, in
// a header that no client can set.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { IncomingMessage, Server } from 'node:http'
import type { Server as AnyServer } from 'node:net'
import { BlockList, isIP, Socket } from 'node:net'
import type { Exchange } from '../http-channels'
import { activeHandles, onHttp2Request, onRequestStart } from '../http-channels'
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
 * loopback address alone. `proxied`: a proxy has passed it on, by all that is known, so it may be anybody's. `unknown`: it came
 * before `markPeers` was called.
 */
export type Peer = { place: 'elsewhere' | 'here' | 'here-only' | 'proxied' | 'unknown'; address: string }

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Of an address, IPv4 within IPv6 included. */
function isLoopbackAddress(address: string): boolean {
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
  const markOne = guarded('markPeers', mark)
  const markHttp1 = ({ request, server, socket }: Pick<Exchange, 'request' | 'server' | 'socket'>) => {
    const { headers, httpVersion, rawHeaders } = request
    // HTTP/1.0 is what nginx speaks to the server behind it unless it is told otherwise.
    markOne({ headers, rawHeaders, server, socket, isForwarded: httpVersion === '1.0' })
  }
  for (const exchange of waitingExchanges()) markHttp1(exchange)
  const endings = [onRequestStart(markHttp1), onHttp2Request(markOne)]
  return () => {
    for (const end of endings) end()
  }
}

export function peerOf(headers: Headers): Peer {
  const [secret, place, address = ''] = marked(headers)
  // What it says then, its client has written.
  if (secret !== secretOfProcess()) return { place: 'unknown', address: '' }
  return { place: place === 'here' || place === 'here-only' || place === 'proxied' ? place : 'elsewhere', address }
}

/** Which host was asked, with its port: the Host, or what takes its place in HTTP/2. Null where nobody says. */
export function hostOf(headers: Headers): string | null {
  const [secret, , , authority = ''] = marked(headers)
  return headers.get('host') ?? (secret === secretOfProcess() && authority !== '' ? authority : null)
}

/** Whether a request came to a server whose requests are measured: over HTTP/1, since `markPeers`. */
export function isMeasured(headers: Headers): boolean {
  const [secret, , , authority = ''] = marked(headers)
  return secret === secretOfProcess() && authority === ''
}

const marked = (headers: Headers): string[] => headers.get(HEADER)?.split(' ') ?? []

type Marked = {
  headers: IncomingHttpHeaders
  rawHeaders: string[]
  server: AnyServer
  socket: Pick<Socket, 'remoteAddress'>
  /** It is known that a proxy has passed it on. */
  isForwarded?: boolean
}

function mark({ headers, rawHeaders, server, socket, isForwarded = false }: Marked): void {
  const { remoteAddress = '' } = socket
  const place = isForwarded || Object.keys(headers).some(isOfProxy) ? 'proxied' : placeOf(remoteAddress, server)
  const authority = headers[':authority']
  const value =
    `${secretOfProcess()} ${place} ${remoteAddress} ${typeof authority === 'string' ? authority : ''}`.trim()
  // Whatever a client sends there is gone, so that it can't claim to be another one.
  if (headers[HEADER] !== undefined) dropRaw(rawHeaders)
  headers[HEADER] = value
  // Some servers make their Request of these.
  rawHeaders.push(HEADER, value)
}

const isOfProxy = (name: string): boolean => FORWARDED.has(name) || name.startsWith('x-forwarded')

/**
 * Those that came before: Next opens its port early, and lets them wait. Node tells of them in what it keeps for debuggers;
 * where it doesn't, they are told to come again.
 */
function waitingExchanges(): Pick<Exchange, 'request' | 'server' | 'socket'>[] {
  return activeHandles().flatMap((socket) => {
    if (!(socket instanceof Socket)) return []
    const server: unknown = Reflect.get(socket, 'server')
    const request: unknown = Reflect.get(Object(Reflect.get(socket, '_httpMessage')), 'req')
    return server instanceof Server && request instanceof IncomingMessage ? [{ request, server, socket }] : []
  })
}

function dropRaw(rawHeaders: string[]): void {
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === HEADER) rawHeaders.splice(at, 2)
  }
}

function placeOf(address: string, server: AnyServer): Peer['place'] {
  if (!isLoopbackAddress(address)) return 'elsewhere'
  const listening = server.address()
  const isAlone = listening !== null && typeof listening === 'object' && isLoopbackAddress(listening.address)
  return isAlone ? 'here-only' : 'here'
}

const secretOfProcess = (): string => perProcess('peer-secret', randomUUID)
