import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { recentExceptions } from './exceptions'
import { recordError } from './framework-error'
import { setRoute } from './framework-route'

test.each<[sentence: string, thrown: unknown, isRecorded: boolean]>([
  ['an error', new RangeError('no such order'), true],
  ['what is no error', 'gone', true],
  ['nothing', undefined, true],
  ['an error of the server, with its status', Object.assign(new Error('down'), { statusCode: 503 }), true],
  ["the client's fault, as Fastify says it", Object.assign(new Error('no JSON'), { statusCode: 400 }), false],
  ["the client's fault, as Koa says it", Object.assign(new Error('gone'), { status: 410 }), false],
])('%s', (_, thrown, isRecorded) => {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/orders/4711?secret=1' })
  setRoute(request, '/orders/:id')
  const before = recentExceptions()
  recordError(thrown, request)
  const [newest] = recentExceptions()
  expect(recentExceptions().length - before.length).toBe(isRecorded ? 1 : 0)
  if (isRecorded) expect(newest).toMatchObject({ kind: 'route', route: '/orders/:id', path: '/orders/4711' })
})
