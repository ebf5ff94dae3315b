// Fastify announces each of its instances on one of Node's diagnostics channels; routes and errors come from their hooks.
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { recordError } from './framework-error'
import { setRoute } from './framework-route'

type Fastify = {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: unknown, done: () => void) => void): void
  addHook(
    name: 'onError',
    hook: (request: FastifyRequest, reply: unknown, error: unknown, done: () => void) => void,
  ): void
}

type FastifyRequest = { raw: IncomingMessage; routeOptions?: { url?: string } }

/** From now on every Fastify instance that is made is followed. */
export function followFastify(): void {
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: Fastify }
    fastify.addHook('onRequest', ({ raw, routeOptions }, _, done) => {
      if (routeOptions?.url !== undefined) setRoute(raw, routeOptions.url)
      done()
    })
    fastify.addHook('onError', ({ raw }, _, error, done) => {
      recordError(error, raw)
      done()
    })
  })
}
