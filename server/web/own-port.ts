// A port of its own: no route of the app is taken, and it answers where the app's own router is stuck.
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Env } from '../env'
import { processWorkers } from '../exposition/workers/process-workers'
import { logError, logInfo } from '../log'
import { ownServers } from '../own-servers'
import { shutdownSignal } from '../shutdown'
import { hostInUrl, whoMayLook } from './process-door'
import type { Web } from './web'

/** As OpenTelemetry's Prometheus exporter has it. */
export const DEFAULT_PORT = 9464
/** How long a client may take for the head of a request, and for all of it. */
const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
/** So long after it was found in use, a port of several processes is tried again. */
const AGAIN_MS = 2_000
/** Besides the live streams. */
const SPARE_CONNECTIONS = 256

/**
 * Answers there from now on, and says so. Where the port can't be had, that is said in one sentence: the app goes on
 * without. Of several processes of an app one has the port, and another one takes it when that one has ended. The server doesn't keep the process from ending.
 */
export function listenOnOwnPort(web: Web, environment: Env, port: number): Server {
  const { liveStreams, ownHost } = environment
  const server = createServer(getRequestListener(web, { overrideGlobalObjects: false }))
  ownServers().add(server)
  server.headersTimeout = HEADERS_MS
  server.requestTimeout = REQUEST_MS
  server.maxConnections = liveStreams + SPARE_CONNECTIONS
  const listen = () => server.listen({ port, host: ownHost, exclusive: true })
  let isWaiting = false
  const wait = () => {
    if (!isWaiting) logInfo(whyWaiting(ownHost, port))
    isWaiting = true
    setTimeout(listen, AGAIN_MS).unref()
  }
  server.on('error', (error: NodeJS.ErrnoException) => {
    const workers = error.code === 'EADDRINUSE' ? processWorkers() : undefined
    const decide = () => {
      const { problem, running = 1 } = workers?.status() ?? {}
      if (isWaiting || running > 1) wait()
      // Whether others are there is known soon.
      else if (running === 0 && problem === undefined) setTimeout(decide, AGAIN_MS).unref()
      else logError(whyNot(error, ownHost, port))
    }
    decide()
  })
  server.on('listening', () => {
    const address = server.address()
    const actual = typeof address === 'object' && address !== null ? address.port : port
    const url = `http://${isEverywhere(ownHost) ? 'localhost' : hostInUrl(ownHost)}:${actual}`
    logInfo(`dashboard at ${url}, metrics at ${url}/metrics. ${whoMayLook(environment, ownHost)}`)
  })
  listen()
  server.unref()
  // Neither do connections that were accepted, until the process is told to end: then streams end whole.
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket.unref())
    socket.once('close', () => sockets.delete(socket))
  })
  shutdownSignal().addEventListener('abort', () => {
    for (const socket of sockets) socket.ref()
    server.close()
  })
  return server
}

function whyWaiting(host: string, port: number): string {
  return `port ${port} of ${host} is in use. If that is another process of this app, the dashboard there shows all of them; this one takes the port when it is free.`
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const there = `port ${port} of ${host}`
  const without = 'The app goes on without the dashboard.'
  if (code === 'EADDRINUSE') return `${there} is in use: set HEARTH_PORT to another one. ${without}`
  if (code === 'EACCES') return `${there} needs more rights: set HEARTH_PORT to one from 1024 on. ${without}`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is no address of this machine: set HEARTH_HOST to one, such as 127.0.0.1. ${without}`
  }
  return `can't listen on ${there} (${code ?? message}): set HEARTH_PORT or HEARTH_HOST. ${without}`
}

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'
