import { channel } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { followFastify } from './follow-fastify'
import { frameworkRoute, setRoute } from './framework-route'

const requestWith = (own: object) => Object.assign(new IncomingMessage(new Socket()), own)

test('what was said counts before what Express knows', () => {
  const request = requestWith({ route: { path: '/other' } })
  setRoute(request, '/said/:id')
  expect(frameworkRoute(request)).toBe('/said/:id')
  setRoute(request, Object(/^\/said/))
  expect(frameworkRoute(request)).toBe('/^\\/said/')
})

test('Fastify is told by the channel on which it announces itself', () => {
  followFastify()
  const raw = requestWith({})
  const addHook = (name: string, hook: (request: object, reply: object, done: () => void) => void) => {
    if (name !== 'onRequest') return
    hook({ raw, routeOptions: { url: '/orders/:id' } }, {}, () => {})
    hook({ raw: requestWith({}), routeOptions: {} }, {}, () => {})
  }
  channel('fastify.initialization').publish({ fastify: { addHook } })
  expect(frameworkRoute(raw)).toBe('/orders/:id')
})
