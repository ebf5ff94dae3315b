// Servers that are no Next app, as the first pages of their documentation have them.
import { commandOf, linesOf } from '../document'
import type { Host, Sent } from '../host'
import { NPM_ADD } from '../host'

const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>Shop</title><h1 style="color: teal">Shop</h1>'

const EXPRESS = `
import express from 'express'
const app = express()
// hearth
app.get('/', (request, response) => response.send('${PAGE}'))
app.get('/orders/:id', (request, response) => {
  if (request.params.id === 'broken') throw new RangeError('no such order')
  response.json(request.params)
})
const items = express.Router()
items.get('/:id', (request, response) => {
  if (request.params.id === 'broken') throw new RangeError('no such item')
  response.json(request.params)
})
app.use('/shops/:shop/items', items)
app.use(express.json())
app.post('/prices/:id', async (request, response) => response.status(201).json(request.body))
// hearth
app.listen(process.env.PORT, '127.0.0.1')
`

const FASTIFY = `
import Fastify from 'fastify'
const app = Fastify()
// hearth
app.get('/', (request, reply) => reply.type('text/html').send('${PAGE}'))
app.get('/orders/:id', async (request) => {
  if (request.params.id === 'broken') throw new RangeError('no such order')
  return request.params
})
app.register(async (items) => {
  items.get('/:id', async (request) => {
    if (request.params.id === 'broken') throw new RangeError('no such item')
    return request.params
  })
}, { prefix: '/shops/:shop/items' })
app.post('/prices/:id', async (request, reply) => reply.code(201).send(request.body))
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
`

const HONO = `
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
const app = new Hono()
// hearth
app.get('/', (context) => context.html('${PAGE}'))
app.get('/orders/:id', (context) => {
  if (context.req.param('id') === 'broken') throw new RangeError('no such order')
  return context.json({ id: context.req.param('id') })
})
const items = new Hono()
items.get('/:id', (context) => {
  if (context.req.param('id') === 'broken') throw new RangeError('no such item')
  return context.json({ id: context.req.param('id') })
})
items.use(async (context, next) => next())
app.route('/shops/:shop/items', items)
app.post('/prices/:id', async (context) => context.json(await context.req.json(), 201))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
`

const KOA = `
import Koa from 'koa'
import { Router } from '@koa/router'
const app = new Koa()
// hearth
const router = new Router()
router.get('/', (context) => {
  context.type = 'html'
  context.body = '${PAGE}'
})
router.get('/orders/:id', (context) => {
  if (context.params.id === 'broken') throw new RangeError('no such order')
  context.body = context.params
})
const items = new Router()
items.get('/:id', (context) => {
  if (context.params.id === 'broken') throw new RangeError('no such item')
  context.body = context.params
})
router.use('/shops/:shop/items', items.routes())
router.post('/prices/:id', (context) => {
  context.status = 201
  context.body = context.params
})
app.use(router.routes())
app.listen(process.env.PORT, '127.0.0.1')
`

const NODE = `
// hearth
import { createServer } from 'node:http'
// hearth
const server = createServer((request, response) => {
// hearth
  if (request.url === '/') return response.setHeader('content-type', 'text/html').end('${PAGE}')
  if (request.url.startsWith('/orders/')) {
// hearth
    return response.end('an order')
  }
  response.writeHead(404).end()
})
server.listen(process.env.PORT, '127.0.0.1')
`

const FIRST: Sent = { path: '/', times: 3, status: 200, route: '/' }
const REQUESTS: readonly [Sent, ...Sent[]] = [
  FIRST,
  { path: '/orders/17', times: 2, status: 200, route: '/orders/:id' },
  { path: '/orders/broken', times: 2, status: 500, route: '/orders/:id', exception: 'route' },
  { path: '/shops/7/items/17', times: 2, status: 200, route: '/shops/:shop/items/:id' },
  { path: '/shops/items/items/broken', status: 500, route: '/shops/:shop/items/:id', exception: 'route' },
  { path: '/prices/3', method: 'POST', status: 201, route: '/prices/:id' },
  { path: '/no/such/page?user=4711', status: 404, route: '(unmatched)' },
]

/** `file` is its server.js, in which the lines of the document's section go where it has `// hearth`. */
function server(name: string, packages: readonly string[], file: string, section: string): Host {
  return {
    name,
    make: [
      ['npm', 'init', '--yes', '--init-type', 'module'],
      ...(packages.length === 0 ? [] : [['npm', 'install', ...packages] as const]),
    ],
    files: { 'server.js': file.trimStart() },
    add: NPM_ADD,
    wiring: { 'server.js': linesOf(section) },
    start: { plain: ['node', 'server.js'], wired: commandOf('Any Node server', '--import') },
    requests: REQUESTS,
    mount: '/hearth',
  }
}

export const SERVER_HOSTS: readonly Host[] = [
  { ...server('express-5', ['express@5.3.0'], EXPRESS, 'Express'), isChosen: true, isForEachNode: true },
  // Its router doesn't tell its paths.
  server('express-5.1', ['express@5.1.0', 'router@2.2.0'], EXPRESS, 'Express'),
  server('express-4', ['express@4.22.3'], EXPRESS, 'Express'),
  { ...server('fastify-5', ['fastify@5.12.8'], FASTIFY, 'Fastify'), isChosen: true },
  {
    ...server('hono', ['hono@4.13.19', '@hono/node-server@2.1.9'], HONO, 'Hono'),
    isChosen: true,
    requests: [FIRST, ...REQUESTS.slice(1).map((sent) => (sent.status === 404 ? { ...sent, route: '/*' } : sent))],
  },
  server('koa', ['koa@3.3.0', '@koa/router@15.7.0'], KOA, 'Koa'),
  {
    ...server('node-http', [], NODE, 'node:http'),
    wiring: { 'server.js': [...linesOf('Any Node server'), ...linesOf('node:http')] },
    start: { plain: ['node', 'server.js'] },
    requests: [
      { ...FIRST, route: '(unmatched)' },
      { path: '/orders/17', times: 2, status: 200, route: '/orders/:id' },
    ],
  },
]
