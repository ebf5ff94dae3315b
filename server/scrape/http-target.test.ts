import { once } from 'node:events'
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer, globalAgent as tlsAgent } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { unlessAborted, withDeadline } from '../deadline'
import { parseTargetList } from '../target-list'
import { CERTIFICATE, KEY } from '../testing/localhost-certificate'
import { CollectFailure } from './collect-failure'
import { createHttpTarget } from './http-target'
import { createSeriesMemory } from './series-memory'

const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const MEGABYTE_OF_COMMENTS = `# ${'x'.repeat(97)}\n`.repeat(10_000)

const LABEL_LIMITS = { labelLimit: 10, labelNameLengthLimit: 100, labelValueLengthLimit: 100 }

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The port of a server on the loopback interface. */
async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** With the certificate below, which names `localhost` only. */
async function serveTls(listener: RequestListener): Promise<number> {
  const server = createTlsServer({ key: KEY, cert: CERTIFICATE }, listener)
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return listen(server)
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${await listen(server)}`
}

function targetAt(url: string, { timeoutMs = 30_000, sampleLimit = 1000, limitBytes = 2 ** 30 } = {}) {
  const [address] = parseTargetList(url)?.fixed ?? []
  if (address === undefined) throw new Error(`expected the URL of a target, got ${url}`)
  const roomFor = () => ({ heldSeries: 0, freeBytes: limitBytes })
  const memory = createSeriesMemory({ limitBytes, targetCount: () => 1, roomFor, refuse: () => {} })({})
  return createHttpTarget(address, { timeoutMs, sampleLimit, memory, ...LABEL_LIMITS })
}

function scrape(url: string, options?: Parameters<typeof targetAt>[1]) {
  const target = targetAt(url, options)
  return withDeadline([], target.timeoutMs, (signal) => unlessAborted(target.collect(signal), signal))
}

/** Answers at once. */
const answering =
  (body: string | Uint8Array, headers: Record<string, string> = {}, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': TEXT, ...headers }).end(body)

/** Sends the chunk again and again, as long as somebody takes it. */
function sendEndlessly(response: ServerResponse, chunk: string): void {
  const send = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.writeHead(200, { 'content-type': TEXT }).on('drain', send)
  send()
}

/** Redirects /3 to /2 to /1, and answers at /0. */
const redirecting: RequestListener = (request, response) => {
  const left = Number(request.url?.slice(1))
  if (left === 0) answering('a 1\n')(request, response)
  else response.writeHead(302, { location: `/${left - 1}` }).end()
}

it('is asked at the address that was found, under its own name', async () => {
  const hosts: (string | undefined)[] = []
  const url = await serve((request, response) => {
    hosts.push(request.headers.host)
    if (request.url === '/') response.writeHead(302, { location: '/there' }).end()
    else answering('a 1\n')(request, response)
  })
  const { port } = new URL(url)
  const { fixed = [] } = parseTargetList(`http://no-such-host.invalid:${port}/`) ?? {}
  const memory = createSeriesMemory({
    limitBytes: 2 ** 30,
    targetCount: () => 1,
    roomFor: () => ({ heldSeries: 0, freeBytes: 2 ** 30 }),
    refuse: () => {},
  })({})
  const options = { timeoutMs: 30_000, sampleLimit: 1000, memory, ...LABEL_LIMITS }
  for (const one of fixed) {
    const target = createHttpTarget({ ...one, host: '127.0.0.1' }, options)
    await expect(target.collect(new AbortController().signal)).resolves.toMatchObject({ families: [{ name: 'a' }] })
  }
  expect(hosts).toEqual(Array.from({ length: 2 }, () => `no-such-host.invalid:${port}`))
})

describe('what a target answers', () => {
  it.each<[string, RequestListener]>([
    ['as Prometheus text', answering('# TYPE a counter\na{b="ä"} 1\n')],
    ['packed with gzip', answering(gzipSync('# TYPE a counter\na{b="ä"} 1\n'), { 'content-encoding': 'gzip' })],
    ['with a Content-Type in short', answering('# TYPE a counter\na{b="ä"} 1\n', { 'content-type': 'Text/Plain' })],
    [
      'in pieces that part a character',
      (_, response) => {
        const bytes = Buffer.from('# TYPE a counter\na{b="ä"} 1\n')
        const middle = bytes.indexOf('ä') + 1
        response.writeHead(200, { 'content-type': TEXT }).write(bytes.subarray(0, middle))
        setTimeout(() => response.end(bytes.subarray(middle)), 50)
      },
    ],
  ])('is read %s', async (_, listener) => {
    const { families } = await scrape(await serve(listener))
    expect(families).toEqual([
      { name: 'a', type: 'counter', help: '', unit: '', samples: [{ name: 'a', labels: { b: 'ä' }, value: 1 }] },
    ])
  })

  it.each([
    ['line feeds alone', `HTTP/1.1 200 OK\nContent-Type: ${TEXT}\n\na 1\n`],
    [
      'two lengths that agree',
      `HTTP/1.1 200 OK\r\nContent-Type: ${TEXT}\r\n${'Content-Length: 4\r\n'.repeat(2)}\r\na 1\n`,
    ],
    ['a blank before a colon', `HTTP/1.1 200 OK\r\nX : y\r\nContent-Type: ${TEXT}\r\n\r\na 1\n`],
    ['a folded field', `HTTP/1.1 200 OK\r\nContent-Type: text/plain;\r\n version=0.0.4\r\n\r\na 1\n`],
    ['a field of 900 KB', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(900_000)}\r\nContent-Type: ${TEXT}\r\n\r\na 1\n`],
    ['an encoding that is none', `HTTP/1.1 200 OK\r\nContent-Encoding: utf-8\r\nContent-Type: ${TEXT}\r\n\r\na 1\n`],
  ])('is read behind a head with %s', async (_, answer) => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.end(answer)))
    closing.push(() => server.close())
    const { families } = await scrape(`http://127.0.0.1:${await listen(server)}`)
    expect(families).toMatchObject([{ name: 'a', samples: [{ value: 1 }] }])
  })

  it('may be of any type where there is no body', async () => {
    const url = await serve(answering('', { 'content-type': 'text/html' }))
    await expect(scrape(url)).resolves.toMatchObject({ families: [] })
  })

  it('that fails says what was read before', async () => {
    const readBefore = async (body: string, options?: Parameters<typeof scrape>[1]) => {
      const failure: unknown = await scrape(await serve(answering(body)), options).catch((error: unknown) => error)
      return failure instanceof CollectFailure
        ? { samples: failure.before.samples, kept: failure.before.kept }
        : failure
    }
    expect(await readBefore('a 1\nb 2\nc x\nd 4\n')).toEqual({ samples: 2, kept: 2 })
    expect(await readBefore(`a 1\nb{c="${'d'.repeat(101)}"} 2\n`)).toEqual({ samples: 2, kept: 1 })
    expect(await readBefore('a 1\nb 2\n', { sampleLimit: 1 })).toEqual({ samples: 2, kept: 2 })
  })

  it('is read as OpenMetrics where it says so, with its timestamps', async () => {
    const body = '# TYPE a counter\na_total 5 1520879607.789\n# EOF\n'
    const { families } = await scrape(await serve(answering(body, { 'content-type': OPENMETRICS })))
    expect(families).toMatchObject([
      { name: 'a_total', samples: [{ name: 'a_total', value: 5, timestampMs: 1_520_879_607_789 }] },
    ])
  })

  it('may have as many samples as the limit', async () => {
    const url = await serve(answering('# HELP a b\n\na 1\nb 2'))
    await expect(scrape(url, { sampleLimit: 2 })).resolves.toMatchObject({ families: [{ name: 'a' }, { name: 'b' }] })
    await expect(scrape(url, { sampleLimit: 1 })).rejects.toThrow('more than 1 samples, which is SERIES_LIMIT')
  })

  it('may have as many series as SERIES_MEMORY has room for', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => `a{b="${i}"} 1\n`).join('')
    const limitBytes = 1_000_000
    await expect(scrape(await serve(answering(lines(400))), { limitBytes })).resolves.toBeDefined()
    await expect(scrape(await serve(answering(lines(600))), { limitBytes })).rejects.toThrow(
      /^more series than SERIES_MEMORY \(976KB\) has room for, some 4\d\d$/,
    )
  })

  it('may be a quarter of SERIES_MEMORY long, even where it says little', async () => {
    const url = await serve(answering(MEGABYTE_OF_COMMENTS))
    await expect(scrape(url, { limitBytes: 5_000_000 })).resolves.toBeDefined()
    await expect(scrape(url, { limitBytes: 3_900_000 })).rejects.toThrow('body larger than 975 KB')
  })

  it('is read in slices, so that a large one holds nobody up', async () => {
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs++)
    const url = await serve(answering('a{b="c"} 1\n'.repeat(100_000)))
    let turns = 0
    const takeTurn = () => {
      turns++
      pending = setImmediate(takeTurn)
    }
    let pending = setImmediate(takeTurn)
    const { families } = await scrape(url, { sampleLimit: 100_000 })
    clearImmediate(pending)
    expect(families[0]?.samples).toHaveLength(100_000)
    expect(turns).toBeGreaterThan(100)
  })

  it('may be nine redirects away', async () => {
    const url = await serve(redirecting)
    await expect(scrape(`${url}/9`)).resolves.toMatchObject({ families: [{ name: 'a' }] })
    await expect(scrape(`${url}/10`)).rejects.toThrow('more than 9 redirects')
  })
})

describe('a scrape fails in words', () => {
  it.each<[string, RequestListener, string]>([
    ['where the status is an error', answering('', {}, 503), 'HTTP 503'],
    ['where there is no content', answering('', {}, 204), 'HTTP 204'],
    ['where a redirect leads nowhere', answering('', {}, 302), 'HTTP 302'],
    ['where redirects lead in a circle', answering('', { location: '/' }, 301), 'more than 9 redirects'],
    [
      'where a redirect leads elsewhere than to HTTP',
      answering('', { location: 'file:///etc/passwd' }, 302),
      'redirected to a URL that is not http or https',
    ],
    [
      'where the answer is for people',
      answering('<html>', { 'content-type': 'text/html; charset=utf-8' }),
      'expected application/openmetrics-text or text/plain as the Content-Type, got "text/html"',
    ],
    [
      'where the answer does not say what it is',
      (_, response) => void response.end('a 1\n'),
      'expected application/openmetrics-text or text/plain as the Content-Type, got ""',
    ],
    ['where a line is malformed', answering('a 1\nb{c="d"} x\n'), 'line 2: expected a value, got "x"'],
    [
      'where OpenMetrics is malformed',
      answering('a 1\n', { 'content-type': OPENMETRICS }),
      'line 2: expected # EOF as the last line, got ""',
    ],
    [
      'where a label is not UTF-8',
      answering(Buffer.from('a 1\nb{c="\xff"} 1\n', 'latin1')),
      'line 2: expected UTF-8, got something else',
    ],
    [
      'where the text ends within a character',
      answering(Buffer.from('a 1\nb \xc3', 'latin1')),
      'line 2: expected a value',
    ],
    [
      'where gzip is cut off',
      answering(gzipSync('a 1\n'.repeat(100)).subarray(0, -9), { 'content-encoding': 'gzip' }),
      'the gzip body is cut off',
    ],
    ['where gzip is none', answering('a 1\n', { 'content-encoding': 'gzip' }), 'the gzip body is damaged'],
    [
      'where the encoding is another than gzip, and the body no text',
      answering(Buffer.from([0x8b, 0x80, 0x01]), { 'content-encoding': 'br' }),
      'line 1: expected a metric name',
    ],
    [
      'where a label is too long, in the words of Prometheus',
      answering(`a{b="${'c'.repeat(101)}"} 1\n`),
      `label_value_length_limit exceeded (metric: a, label name: b, value: "${'c'.repeat(50)}", length: 101, limit: 100)`,
    ],
    [
      'where a label is so long that reading it would hold everybody up',
      answering(`a{b="${'c'.repeat(30_000_000)}"} 1\n`),
      'line longer than 64 KB',
    ],
    ['where the body is too large', answering(MEGABYTE_OF_COMMENTS.repeat(33)), 'body larger than 32 MB'],
    [
      'where the body is too large once it is unpacked',
      answering(gzipSync(MEGABYTE_OF_COMMENTS.repeat(33)), { 'content-encoding': 'gzip' }),
      'body larger than 32 MB',
    ],
    [
      'where the answer is cut off',
      (request, response) => {
        response.writeHead(200, { 'content-type': TEXT, 'content-length': '100' })
        response.write('a 1\n', () => request.socket.destroy())
      },
      'the connection was closed before the answer was complete',
    ],
    [
      'where the connection is closed without an answer',
      (request) => void request.socket.destroy(),
      'the connection was closed before the answer was complete',
    ],
  ])('%s', async (_, listener, message) => {
    await expect(scrape(await serve(listener))).rejects.toThrow(message)
  })

  it('where nobody listens', async () => {
    const server = createTcpServer()
    const port = await listen(server)
    server.close()
    await expect(scrape(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow(/^connection refused$/)
    await expect(scrape(`http://localhost:${port}/metrics`)).rejects.toThrow(/^connection refused$/)
  })

  it('where somebody listens who knows no HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('hello\r\n'))
    closing.push(() => server.close())
    const port = await listen(server)
    await expect(scrape(`http://127.0.0.1:${port}`)).rejects.toThrow('the answer is not HTTP: ')
  })

  it('says what was no HTTP, also where its head was', async () => {
    const server = createTcpServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${TEXT}\r\nTransfer-Encoding: chunked\r\n\r\n`)
      setTimeout(() => socket.end('four\r\na 1\n\r\n'), 20)
    })
    closing.push(() => server.close())
    const target = targetAt(`http://127.0.0.1:${await listen(server)}`)
    await expect(target.collect(new AbortController().signal)).rejects.toThrow(
      'the answer is not HTTP: expected the size of a chunk, got "four\\r\\n"',
    )
  })

  it('where the target has no TLS', async () => {
    const url = await serve(answering('a 1\n'))
    await expect(scrape(url.replace('http:', 'https:'))).rejects.toThrow('no TLS: is the target http and not https?')
  })
})

describe('a target with TLS', () => {
  it('is down, and why, where its certificate is nobody’s that is known', async () => {
    const port = await serveTls(answering('a 1\n'))
    await expect(scrape(`https://localhost:${port}`)).rejects.toThrow('its certificate is self-signed')
  })

  it('is scraped where its certificate is to be trusted, but by its name only', async () => {
    const port = await serveTls(answering('a 1\n'))
    tlsAgent.options.ca = CERTIFICATE
    closing.push(() => {
      delete tlsAgent.options.ca
    })
    await expect(scrape(`https://localhost:${port}`)).resolves.toMatchObject({ families: [{ name: 'a' }] })
    await expect(scrape(`https://127.0.0.1:${port}`)).rejects.toThrow('its certificate is for another host')
  })
})

describe('a scrape leaves nothing behind', () => {
  it.each<[string, (response: ServerResponse) => void, { timeoutMs?: number }, string]>([
    ['that takes too long to be answered', () => {}, { timeoutMs: 500 }, 'no answer within 500ms'],
    [
      'that is answered by and by',
      (response) => {
        response.writeHead(200, { 'content-type': TEXT }).write('a 1\n')
      },
      { timeoutMs: 500 },
      'no answer within 500ms',
    ],
    ['of an endless body', (response) => sendEndlessly(response, MEGABYTE_OF_COMMENTS), {}, 'body larger than 32 MB'],
    ['of endless samples', (response) => sendEndlessly(response, 'a 1\n'), {}, 'more than 1000 samples'],
    [
      'of an endless error page',
      (response) => {
        response.writeHead(500).write('x')
      },
      {},
      'HTTP 500',
    ],
    [
      'of an endless redirect',
      (response) => {
        response.writeHead(302, { location: 'ftp://a' }).write('x')
      },
      {},
      'redirected to a URL that is not http or https',
    ],
  ])('%s', async (_, answer, options, message) => {
    const leaving: Promise<unknown>[] = []
    const url = await serve((_request, response) => {
      leaving.push(once(response, 'close'))
      answer(response)
    })
    await expect(scrape(url, options)).rejects.toThrow(message)
    expect(leaving).toHaveLength(1)
    await Promise.all(leaving)
  })
})

describe('a request', () => {
  /** What the target has been asked with, request by request. */
  async function recordingServer(listener = answering('a 1\n')) {
    const seen: IncomingHttpHeaders[] = []
    const url = await serve((request, response) => {
      seen.push(request.headers)
      listener(request, response)
    })
    return { url, seen }
  }

  it('says what a Prometheus 3 says', async () => {
    const { url, seen } = await recordingServer()
    await scrape(url, { timeoutMs: 2500 })
    expect(seen).toMatchObject([
      {
        accept:
          'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
          'application/openmetrics-text;version=0.0.1;q=0.5,' +
          'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
        'accept-encoding': 'gzip',
        'x-prometheus-scrape-timeout-seconds': '2.5',
        'user-agent': 'Hearth',
      },
    ])
    expect(seen[0]).not.toHaveProperty('authorization')
  })

  it('carries the login of the URL, which the target shows to nobody', async () => {
    const { url, seen } = await recordingServer()
    const target = targetAt(`${url.replace('http://', 'http://ann:se%40cret@')}/metrics?token=1`)
    await withDeadline([], 10_000, target.collect)
    expect(seen).toMatchObject([{ authorization: `Basic ${btoa('ann:se@cret')}` }])
    expect(target).toMatchObject({ instance: url.replace('http://', ''), url: `${url}/metrics` })
    expect(JSON.stringify(target)).not.toContain('cret')
  })

  it('carries a bearer token, which another Hearth with METRICS_TOKEN wants', async () => {
    const { url, seen } = await recordingServer()
    await scrape(url.replace('http://', 'http://bearer:s3cret@'))
    expect(seen).toMatchObject([{ authorization: 'Bearer s3cret' }])
  })

  it('takes the login along to the same origin only', async () => {
    const other = await recordingServer()
    const { url, seen } = await recordingServer((request, response) => {
      const location = request.url === '/' ? '/metrics' : other.url.replace('http://', 'http://bob:other@')
      response.writeHead(307, { location }).end()
    })
    await scrape(url.replace('http://', 'http://ann:secret@'))
    expect(seen.map(({ authorization }) => authorization)).toEqual(Array(2).fill(`Basic ${btoa('ann:secret')}`))
    expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined])
  })

  it('uses the connection of the last scrape, and a new one where that was closed meanwhile', async () => {
    const sockets: unknown[] = []
    const url = await serve((request, response) => {
      sockets.push(request.socket)
      if (sockets.length === 3) request.socket.destroy()
      else answering('a 1\n')(request, response)
    })
    for (let i = 0; i < 3; i++) await scrape(url)
    expect(sockets).toHaveLength(4)
    expect(new Set(sockets.slice(0, 3)).size).toBe(1)
    expect(sockets[3]).not.toBe(sockets[0])
  })

  it('is not repeated on a new connection', async () => {
    let requests = 0
    const url = await serve((request) => {
      requests++
      request.socket.destroy()
    })
    await expect(scrape(url)).rejects.toThrow('the connection was closed before the answer was complete')
    expect(requests).toBe(1)
  })
})
