import type { RequestListener } from 'node:http'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refuseOddMethods } from './odd-methods'

const answerMethod: RequestListener = (request, response) => response.setHeader('x-method', request.method ?? '').end()
const server = createServer(answerMethod)
let end: () => void

beforeAll(async () => {
  end = refuseOddMethods()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  end()
  server.close()
})

test.each([
  ['TRACE', '/metrics', 'OPTIONS'],
  ['PROPFIND', '/api/metrics?name[]=up', 'OPTIONS'],
  ['GET', '/metrics', 'GET'],
  ['HEAD', '/metrics', 'HEAD'],
  ['DELETE', '/api/metrics', 'DELETE'],
  ['TRACE', '/', 'TRACE'],
  ['TRACE', '/shop/metrics', 'TRACE'],
  ['TRACE', '/metrics/old', 'TRACE'],
])('%s %s is taken for %s', async (method, path, expected) => {
  const { port } = server.address() as AddressInfo
  const seen = await new Promise((resolve, reject) => {
    const sent = send({ host: '127.0.0.1', port, method, path, agent: false }, (response) => {
      response.resume()
      resolve(response.headers['x-method'])
    })
    sent.on('error', reject).end()
  })
  expect(seen).toBe(expected)
})
