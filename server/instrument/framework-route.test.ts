import { channel } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { followFastify } from './follow-fastify'
import { frameworkRoute, setRoute } from './framework-route'

const requestWith = (own: object) => Object.assign(new IncomingMessage(new Socket()), own)

test.each<[string, object, string | undefined]>([
  ['nobody told', {}, undefined],
  ['Express', { route: { path: '/users/:id' } }, '/users/:id'],
  ['Express, several paths', { route: { path: ['/a', '/b'] } }, '/a /b'],
  ['Express, a regular expression', { route: { path: /^\/a/ } }, '/^\\/a/'],
  [
    'Express, a mounted router: its path was chosen by the client',
    { baseUrl: '/users/42', route: { path: '/:x' } },
    '(router)/:x',
  ],
  ['Express, before it has found one', { baseUrl: '/users/42' }, undefined],
])('%s', (_, own, expected) => {
  expect(frameworkRoute(requestWith(own))).toBe(expected)
})

test('what was said counts before what Express knows', () => {
  const request = requestWith({ route: { path: '/other' } })
  setRoute(request, '/said/:id')
  expect(frameworkRoute(request)).toBe('/said/:id')
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
