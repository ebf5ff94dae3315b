// Every kind of request that an app can get, each with what must be counted for it, in every mode of Next alike.
import { once } from 'node:events'
import { request as open } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'

export type Sent = {
  sentence: string
  /** Sends it, and gives the X-Process-Time of its answer, if there was one. */
  send(port: number): Promise<string | undefined>
  /** `method route status`, in the order in which they are counted. */
  counted: string[]
  /** `method route` of those whose client left. */
  aborted?: string[]
  /** `route kind error` */
  exception?: string
  /** `procedure type code` of the tRPC calls in it. */
  procedures?: string[]
}

type Options = { method?: string; headers?: Record<string, string> }

/** Sends one request on a connection of its own, and reads the answer to its end or to its breaking off. */
function ask(path: string, { method = 'GET', headers = {} }: Options = {}): Sent['send'] {
  return (port) =>
    new Promise((resolve, reject) => {
      const request = open({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        const processTime = String(response.headers['x-process-time'])
        response.resume().on('close', () => resolve(processTime))
      })
      request.on('error', reject).end()
    })
}

/** Writes raw requests on one connection, and drops it before any answer, but after the server has routed them. */
function leaveUnanswered(...paths: string[]): Sent['send'] {
  return async (port) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(paths.map(rawGet).join(''))
    // Besides these there is the reading itself; what is asked after they have begun is routed after them.
    while ((await inFlight(port)) <= paths.length) await setTimeout(20)
    await inFlight(port)
    socket.destroy()
    return undefined
  }
}

async function inFlight(port: number): Promise<number> {
  const exposition = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text()
  return Number(/^requests_in_flight\{kind="request"\} (\d+)/m.exec(exposition)?.[1])
}

/** Drops the connection as soon as the answer has begun. */
function leaveAnswered(path: string): Sent['send'] {
  return async (port) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(rawGet(path))
    await once(socket, 'data')
    socket.destroy()
    return undefined
  }
}

const rawGet = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

async function withoutHost(port: number): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\n\r\n')
  return /x-process-time: (\S+)/i.exec(await text(socket))?.[1]
}

/** An asset that the page refers to; its name depends on the build. */
async function asset(port: number): Promise<string | undefined> {
  const html = await (await fetch(`http://127.0.0.1:${port}/demo/products/1`)).text()
  const [path] = /\/_next\/static\/[^"\\?]+\.js/.exec(html) ?? []
  if (path === undefined) throw new Error('The page refers to no script.')
  return ask(path)(port)
}

const LIVE = '{"exprs":["up"],"rangeMs":60000,"stepMs":1000}'
const RSC = { headers: { RSC: '1' } }

export const REQUESTS: Sent[] = [
  { sentence: 'a greeting', send: ask('/'), counted: ['GET / 200'] },
  { sentence: 'HEAD', send: ask('/', { method: 'HEAD' }), counted: ['HEAD / 200'] },
  {
    sentence: 'a redirect that a handler answers',
    send: ask('/', { headers: { accept: 'text/html' } }),
    counted: ['GET / 307'],
  },
  { sentence: 'a redirect of Next itself', send: ask('/demo/slow/'), counted: ['GET (redirect) 308'] },
  { sentence: 'a handler', send: ask('/demo/slow?ms=20'), counted: ['GET /demo/slow 200'] },
  { sentence: 'a dynamic handler', send: ask('/demo/api/orders/7'), counted: ['GET /demo/api/orders/[id] 200'] },
  { sentence: 'a page', send: ask('/demo/products/7'), counted: ['GET /demo/products/[id] 200'] },
  { sentence: 'a page as RSC', send: ask('/demo/products/7?_rsc', RSC), counted: ['GET /demo/products/[id] 200'] },
  {
    sentence: 'a page, and the asset it refers to',
    send: asset,
    counted: ['GET /demo/products/[id] 200', 'GET /_next/* 200'],
  },
  { sentence: 'an asset that is missing', send: ask('/_next/static/none.js'), counted: ['GET /_next/* 404'] },
  { sentence: 'a path that nothing matches', send: ask('/no/such/path'), counted: ['GET /_not-found 404'] },
  {
    sentence: 'another path that nothing matches',
    send: ask('/wp-login.php?user=4711'),
    counted: ['GET /_not-found 404'],
  },
  {
    sentence: 'a method that the handler lacks',
    send: ask('/demo/slow', { method: 'PATCH' }),
    counted: ['PATCH /demo/slow 405'],
  },
  {
    sentence: 'a status that the handler chose',
    send: ask('/demo/api/orders?status=422', { method: 'POST' }),
    counted: ['POST /demo/api/orders 422'],
  },
  {
    sentence: 'an unknown method',
    send: ask('/demo/slow', { method: 'PROPFIND' }),
    counted: ['OTHER /demo/slow 400'],
  },
  { sentence: 'a request without Host', send: withoutHost, counted: ['GET (unmatched) 400'] },
  {
    sentence: 'a method that Next fails at',
    send: ask('/demo/slow', { method: 'TRACE' }),
    counted: ['OTHER (unmatched) 400'],
  },
  { sentence: 'a target that is no path', send: ask('*', { method: 'OPTIONS' }), counted: ['OPTIONS (unmatched) 400'] },
  {
    sentence: 'a handler that throws',
    send: ask('/demo/api/payments'),
    counted: ['GET /demo/api/payments 500'],
    exception: '/demo/api/payments route PaymentDeclined',
  },
  {
    sentence: 'a page that throws',
    send: ask('/demo/report'),
    counted: ['GET /demo/report 500'],
    exception: '/demo/report render ReportUnavailable',
  },
  { sentence: 'a stream', send: ask('/demo/stream?events=3&ms=10'), counted: ['GET /demo/stream 200'] },
  {
    sentence: 'a stream that breaks off, which is not its client leaving',
    send: ask('/demo/stream?events=3&ms=10&fail=1'),
    counted: ['GET /demo/stream 200'],
    exception: '/demo/stream route StreamBroken',
  },
  {
    sentence: 'a tRPC query',
    send: ask('/api/trpc/metrics.status'),
    counted: ['GET /api/trpc/[trpc] 200'],
    procedures: ['metrics.status query OK'],
  },
  {
    sentence: 'a tRPC batch, each of its calls for itself',
    send: ask(`/api/trpc/errors.recent,metrics.range,metrics.status?batch=1&input=${encodeURIComponent('{"1":{}}')}`),
    counted: ['GET /api/trpc/[trpc] 207'],
    procedures: ['errors.recent query OK', 'metrics.range query BAD_REQUEST', 'metrics.status query OK'],
  },
  {
    sentence: 'a tRPC procedure that does not exist, under no name of its own',
    send: ask('/api/trpc/metrics.4711'),
    counted: ['GET /api/trpc/[trpc] 404'],
  },
  {
    sentence: 'a tRPC stream, which its client leaves',
    send: leaveAnswered(`/api/trpc/metrics.live?input=${encodeURIComponent(LIVE)}`),
    counted: ['GET /api/trpc/[trpc] 200'],
    aborted: ['GET /api/trpc/[trpc]'],
    procedures: ['metrics.live subscription OK'],
  },
  {
    sentence: 'a question in PromQL',
    send: ask('/prometheus/api/v1/query?query=up'),
    counted: ['GET /prometheus/[...path] 200'],
  },
  {
    sentence: 'a client that leaves before the head',
    send: leaveUnanswered('/demo/slow?ms=10000'),
    counted: ['GET /demo/slow 499'],
    aborted: ['GET /demo/slow'],
  },
  {
    sentence: 'a client that leaves after the head',
    send: leaveAnswered('/demo/stream?events=600&ms=100'),
    counted: ['GET /demo/stream 200'],
    aborted: ['GET /demo/stream'],
  },
  {
    sentence: 'a client that leaves with requests waiting behind one another',
    send: leaveUnanswered('/demo/slow?ms=10000', '/demo/slow?ms=9999', '/demo/products/7'),
    counted: ['GET /demo/slow 499', 'GET /demo/slow 499', 'GET /demo/products/[id] 200'],
    aborted: ['GET /demo/slow', 'GET /demo/slow', 'GET /demo/products/[id]'],
  },
]
