import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { measureRequests } from './measure-requests'
import { declareMetrics } from './metrics'
import type { OurRegistry } from './registry'
import { createRegistry } from './registry'

// A plain node:http server stands for Next's: the channels are Node's own.
type Handler = (request: IncomingMessage, response: ServerResponse) => void

let handler: Handler
let server: Server
let registry: OurRegistry
let stop: () => void

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  registry = createRegistry()
  stop = measureRequests(declareMetrics(registry, [0.01, 0.1, 1]), { sendsTime: true })
  server = createServer((request, response) => handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(({ task }) => {
  const isMeantToFail = task.name === 'never fails a request'
  if (!isMeantToFail) expect(console.error).not.toHaveBeenCalled()
  stop()
  server.closeAllConnections()
  server.close()
})

const port = () => (server.address() as AddressInfo).port
const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port()}${path}`, init)
const matched = (request: IncomingMessage, pathname: string) =>
  Object.assign(request, { [Symbol.for('NextInternalRequestMeta')]: { match: { definition: { pathname } } } })

/** Every sample of a metric that isn't 0, as `label,label: value`, in the order of the labels. */
async function read(name: string, ...labelNames: string[]): Promise<string[]> {
  const metric = await registry.getSingleMetric(name)?.get()
  return (metric?.values ?? [])
    .filter(({ value }) => value !== 0)
    .map(({ labels, value }) => `${labelNames.map((label) => labels[label]).join(' ')}: ${value}`)
}

const requests = () => read('requests_total', 'method', 'route', 'status')
const aborted = () => read('requests_aborted_total', 'method', 'route')
const inFlight = () => read('requests_in_flight', 'kind')
const settled = () => vi.waitFor(async () => expect(await inFlight()).toEqual([]))

/** The histogram's sums and counts: `{ 'GET / 200': { count, sum } }`. */
async function latencies() {
  const metric = await registry.getSingleMetric('latency_seconds')?.get()
  const found: Record<string, { count?: number; sum?: number }> = {}
  for (const sample of metric?.values ?? []) {
    const part = /_(count|sum)$/.exec(String((sample as { metricName?: string }).metricName))?.[1]
    if (part === undefined) continue
    const { method, route, status } = sample.labels
    const key = `${method} ${route} ${status}`
    found[key] = { ...found[key], [part]: sample.value }
  }
  return found
}

/** Writes raw text on a connection of its own and gives the socket, once the server has seen the request. */
async function sendRaw(raw: string) {
  const socket = connect(port(), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(raw)
  await vi.waitFor(async () => expect(await inFlight()).not.toEqual([]))
  return socket
}

describe('a complete response', () => {
  test('is counted once, timed once, and says its time', async () => {
    handler = (request, response) => void setTimeout(20).then(() => matched(request, '/slow') && response.end('ok'))
    const response = await get('/slow?ms=20')
    const processTime = response.headers.get('x-process-time')
    expect(processTime).toMatch(/^\d+\.\d{6}$/)
    expect(await requests()).toEqual(['GET /slow 200: 1'])
    expect(await latencies()).toEqual({ 'GET /slow 200': { count: 1, sum: Number(processTime) } })
    expect(Number(processTime)).toBeGreaterThan(0.019)
    expect(await aborted()).toEqual([])
    await settled()
  })

  test('is timed, and nobody is told, where it is not asked for', async () => {
    stop()
    stop = measureRequests(declareMetrics(registry, [0.01, 0.1, 1]), { sendsTime: false })
    handler = (_, response) => void response.end('ok')
    const response = await get('/')
    expect([...response.headers.keys()].sort()).toEqual(['connection', 'content-length', 'date', 'keep-alive'])
    expect(await latencies()).toMatchObject({ 'GET (unmatched) 200': { count: 1 } })
  })

  test("begins its route's series of aborted requests at 0", async () => {
    handler = (_, response) => void response.end('ok')
    await get('/')
    const metric = await registry.getSingleMetric('requests_aborted_total')?.get()
    expect(metric?.values).toEqual([{ labels: { method: 'GET', route: '(unmatched)' }, value: 0 }])
  })

  test('is in flight until its last byte', async () => {
    let finish = () => {}
    handler = (_, response) => {
      response.write('head')
      finish = () => response.end()
    }
    const response = await get('/')
    expect(await inFlight()).toEqual(['request: 1'])
    finish()
    await response.text()
    await settled()
  })

  test.each<[sentence: string, answer: (response: ServerResponse) => unknown, status: number]>([
    ['an implicit head', (response) => response.end(), 200],
    ['headers as an object', (response) => response.writeHead(201, { 'x-own': 'a' }).end(), 201],
    ['headers as a flat array', (response) => response.writeHead(202, ['x-own', 'a']).end(), 202],
    ['a reason phrase', (response) => response.writeHead(203, 'Fine', { 'x-own': 'a' }).end(), 203],
    ['flushHeaders', (response) => response.flushHeaders() ?? response.end(), 200],
    ['no content', (response) => response.writeHead(204).end(), 204],
    ['not modified', (response) => response.writeHead(304).end(), 304],
    ['an early hint before it', (response) => response.writeEarlyHints({ link: '</a>' }, () => response.end()), 200],
  ])('passes on %s', async (_, answer, status) => {
    handler = (_request, response) => answer(response)
    const response = await get('/')
    expect(response.status).toBe(status)
    if (status > 200 && status < 204) expect(response.headers.get('x-own')).toBe('a')
    expect(response.headers.get('x-process-time')).toMatch(/^\d+\.\d{6}$/)
    expect(await requests()).toEqual([`GET (unmatched) ${status}: 1`])
  })

  test('a second writeHead still throws, and counts nothing', async () => {
    let thrown: unknown
    handler = (_, response) => {
      response.writeHead(200)
      try {
        response.writeHead(500)
      } catch (error) {
        thrown = error
      }
      response.end()
    }
    await get('/')
    expect(thrown).toMatchObject({ code: 'ERR_HTTP_HEADERS_SENT' })
    expect(await requests()).toEqual(['GET (unmatched) 200: 1'])
  })

  test('a head that is refused counts nothing; the one that replaces it does', async () => {
    handler = (_, response) => {
      expect(() => response.writeHead(200, { bad: 'a\nb' })).toThrow()
      response.writeHead(500).end()
    }
    await get('/')
    expect(await requests()).toEqual(['GET (unmatched) 500: 1'])
  })

  test('requests on one kept-alive connection each count', async () => {
    handler = (_, response) => void response.end('ok')
    for (let i = 0; i < 20; i++) await (await get('/')).text()
    expect(await requests()).toEqual(['GET (unmatched) 200: 20'])
    await settled()
  })

  test('HEAD counts as HEAD', async () => {
    handler = (_, response) => void response.end('unseen')
    await get('/', { method: 'HEAD' })
    expect(await requests()).toEqual(['HEAD (unmatched) 200: 1'])
    await settled()
  })

  test('Expect: 100-continue is answered, and counted once', async () => {
    handler = async (request, response) => void response.end(await text(request))
    const socket = connect(port(), '127.0.0.1')
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi',
    )
    expect(await text(socket)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\nX-Process-Time: /)
    expect(await requests()).toEqual(['POST (unmatched) 200: 1'])
    await settled()
  })

  test.each(['BREW', 'PROPFIND', 'M-SEARCH', 'TRACE'])(
    'the method %s is OTHER, or is refused by Node',
    async (name) => {
      handler = (_, response) => void response.end()
      const socket = connect(port(), '127.0.0.1')
      socket.write(`${name} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      const answer = await text(socket)
      expect(await requests()).toEqual(answer.includes(' 400 ') ? [] : ['OTHER (unmatched) 200: 1'])
    },
  )

  test('a request without Host, which Node itself answers, counts', async () => {
    const socket = connect(port(), '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 Bad Request/)
    expect(await requests()).toEqual(['GET (unmatched) 400: 1'])
    await settled()
  })
})

describe('a client that leaves', () => {
  test('before the head is status 499, without a latency', async () => {
    handler = () => {}
    const socket = await sendRaw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    socket.destroy()
    await settled()
    expect(await requests()).toEqual(['GET (unmatched) 499: 1'])
    expect(await aborted()).toEqual(['GET (unmatched): 1'])
    expect(await latencies()).toEqual({})
  })

  test('before the head is not counted again when the handler answers after all', async () => {
    let answer = () => {}
    handler = (_, response) => {
      answer = () => void response.writeHead(200).end('too late')
    }
    const socket = await sendRaw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    socket.destroy()
    await settled()
    answer()
    expect(await requests()).toEqual(['GET (unmatched) 499: 1'])
    expect(await latencies()).toEqual({})
  })

  test('after the head keeps the status of the head', async () => {
    handler = (request, response) => void (matched(request, '/report') && response.write('half'))
    const socket = await sendRaw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    socket.resetAndDestroy()
    await settled()
    expect(await requests()).toEqual(['GET /report 200: 1'])
    expect(await aborted()).toEqual(['GET /report: 1'])
  })

  test('after the end aborts nothing', async () => {
    handler = (_, response) => void response.end('ok')
    await (await get('/', { headers: { connection: 'close' } })).text()
    await settled()
    expect(await requests()).toEqual(['GET (unmatched) 200: 1'])
    expect(await aborted()).toEqual([])
  })

  test('only for writing, and reads the answer to its end, has not left', async () => {
    const size = 20_000_000
    handler = (_, response) => void response.end(Buffer.alloc(size))
    const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true })
    socket.end('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect((await buffer(socket)).length).toBeGreaterThan(size)
    await settled()
    expect(await aborted()).toEqual([])
  })

  test('settles the requests that wait behind another one', async () => {
    handler = (request, response) => void (request.url === '/3' && response.end('early'))
    const raw = ['/1', '/2', '/3'].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')
    const socket = await sendRaw(raw)
    await vi.waitFor(async () => expect(await inFlight()).toEqual(['request: 3']))
    socket.destroy()
    await settled()
    expect(await requests()).toEqual(['GET (unmatched) 200: 1', 'GET (unmatched) 499: 2'])
    expect(await aborted()).toEqual(['GET (unmatched): 3'])
  })

  test('is not blamed where the server cuts the connection', async () => {
    handler = (_, response) => {
      response.write('half')
      response.destroy(new Error('the stream failed'))
    }
    await expect(get('/').then((response) => response.text())).rejects.toThrow()
    await settled()
    expect(await requests()).toEqual(['GET (unmatched) 200: 1'])
    expect(await aborted()).toEqual([])
  })
})

describe('the trace of a request', () => {
  /** The exemplars of all buckets, with the bounds of the buckets. */
  async function exemplars() {
    const metric = await registry.getSingleMetric('latency_seconds')?.get()
    const buckets = (metric?.values ?? []) as { labels: { le?: unknown }; exemplar?: { labelSet: object } | null }[]
    return buckets.filter(({ exemplar }) => exemplar).map(({ labels, exemplar }) => [labels.le, exemplar?.labelSet])
  }
  const trace_id = '4bf92f3577b34da6a3ce929d0e0e4736'
  const span_id = '00f067aa0ba902b7'
  const traced = { headers: { traceparent: `00-${trace_id}-${span_id}-01` } }

  test('is the exemplar of the bucket that its latency falls into', async () => {
    handler = (_, response) => void setTimeout(20).then(() => response.end('ok'))
    const processTime = Number((await get('/', traced)).headers.get('x-process-time'))
    expect(await exemplars()).toEqual([[processTime <= 0.1 ? 0.1 : 1, { trace_id, span_id }]])
  })

  test('stays when a request without one comes', async () => {
    handler = (_, response) => void response.end('ok')
    await get('/', traced)
    const before = await exemplars()
    await get('/')
    await get('/', { headers: { traceparent: '00-0-0-01' } })
    expect(before).toHaveLength(1)
    expect(await exemplars()).toEqual(before)
  })
})

describe('an event stream', () => {
  test('is in flight as a stream once its head is written', async () => {
    handler = (_, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hi\n\n')
    const leave = new AbortController()
    await get('/', { signal: leave.signal })
    expect(await inFlight()).toEqual(['stream: 1'])
    leave.abort()
    await settled()
    expect(await aborted()).toEqual(['GET (unmatched): 1'])
  })
})

describe('the start of a process', () => {
  test('what began before it is counted at its end, without a latency', async () => {
    stop()
    handler = (_, response) => {
      stop = measureRequests(declareMetrics(registry, [0.01, 0.1, 1]), { sendsTime: true })
      response.writeHead(201).end()
    }
    expect((await get('/')).headers.has('x-process-time')).toBe(false)
    await vi.waitFor(async () => expect(await requests()).toEqual(['GET (unmatched) 201: 1']))
    expect(await latencies()).toEqual({})
    expect(await inFlight()).toEqual([])
  })
})

describe('measuring', () => {
  test('never fails a request', async () => {
    stop()
    const metrics = declareMetrics(registry, [0.01, 0.1, 1])
    for (const metric of [metrics.requestsTotal, metrics.requestsInFlight, metrics.requestsAbortedTotal]) {
      vi.spyOn(metric, 'inc').mockImplementation(() => {
        throw new Error('the registry is broken')
      })
    }
    stop = measureRequests(metrics, { sendsTime: true })
    handler = (_, response) => void response.end('ok')
    for (let i = 0; i < 3; i++) expect(await (await get('/')).text()).toBe('ok')
    expect(vi.mocked(console.error).mock.calls.length).toBeLessThan(5)
  })

  test('adds no warning about listeners', async () => {
    const warned = vi.fn()
    process.on('warning', warned)
    handler = (_, response) => {
      for (let i = 0; i < 10; i++) response.on('close', () => {})
      response.end('ok')
    }
    await (await get('/')).text()
    await setTimeout(10)
    process.off('warning', warned)
    expect(warned).not.toHaveBeenCalled()
  })
})
