import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { host } from './hosted'
import { createApiRoute } from './pages'

host().open = () => async (_, base, publicBase) => new Response(`${base} ${publicBase}`)

/** What Next does before it calls an API route: it takes the basePath off, and adds the segments to the query. */
let asNext: { basePath?: string; query?: Record<string, string | string[]> } = {}
let server: Server
let origin: string

beforeAll(async () => {
  const route = createApiRoute()
  server = createServer((request, response) => {
    const { basePath = '', query = {} } = asNext
    const url = request.url ?? ''
    const notes = { [Symbol.for('NextInternalRequestMeta')]: { initURL: `http://app.example${url}` } }
    void route(Object.assign(request, notes, { url: url.slice(basePath.length), query }), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

test.each<[string, string, typeof asNext, string]>([
  ['the first page', '/api/hearth', {}, '/api/hearth /api/hearth'],
  ['with a slash at its end', '/api/hearth/', {}, '/api/hearth /api/hearth'],
  ['what lies below', '/api/hearth/metrics', { query: { path: ['metrics'] } }, '/api/hearth /api/hearth'],
  ['segments with escapes', '/api/hearth/a%2Fb/c', { query: { path: ['a/b', 'c'] } }, '/api/hearth /api/hearth'],
  ['a folder in a folder', '/api/admin/hearth', {}, '/api/admin/hearth /api/admin/hearth'],
  [
    'what lies below it',
    '/api/admin/hearth/metrics',
    { query: { rest: ['metrics'] } },
    '/api/admin/hearth /api/admin/hearth',
  ],
  [
    'a name that is repeated in the query',
    '/api/hearth/api/v1/series?match[]=up&match[]=down',
    { query: { 'match[]': ['up', 'down'], path: ['api', 'v1', 'series'] } },
    '/api/hearth /api/hearth',
  ],
  [
    'a base path',
    '/shop/api/hearth/metrics',
    { basePath: '/shop', query: { path: ['metrics'] } },
    '/api/hearth /shop/api/hearth',
  ],
  [
    'a base path, and a folder in a folder',
    '/shop/api/admin/hearth/metrics/',
    { basePath: '/shop', query: { path: ['metrics'] } },
    '/api/admin/hearth /shop/api/admin/hearth',
  ],
  ['a base path, and the first page', '/shop/api/hearth', { basePath: '/shop' }, '/api/hearth /shop/api/hearth'],
])('%s', async (_, path, next, expected) => {
  asNext = next
  expect(await (await fetch(origin + path)).text()).toBe(expected)
})
