import type { RequestListener, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { collectingGarbage } from '../../testing/collecting-garbage'
import { createEngine } from '../engine'
import { createGate } from '../gate'
import { createForward } from './forward'
import { createPrometheusApi } from './prometheus-api'
import { sourcesOf } from './testing/sources-of'

const MIB = 1024 * 1024

let server: Server | undefined
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

/** The URL of a server that answers so, and how many of its answers are still being written. */
async function prometheusThat(answers: RequestListener) {
  let open = 0
  server = createServer((request, response) => {
    open++
    response.on('close', () => open--)
    answers(request, response)
  })
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, open: () => open }
}

/** Asks an API that passes questions on to `url`. */
function askingOver(url: string, timeoutMs = 10_000) {
  const api = createPrometheusApi(
    sourcesOf({}),
    createForward(createEngine(url), createGate({ slots: 4, maxWaiting: 10, timeoutMs })),
  )
  return (path: string, init?: RequestInit) => api(new Request(`http://localhost/prometheus/api/v1/${path}`, init))
}

/** Writes as fast as it is read, a mebibyte at a time; without end unless `mebibytes` are given. */
function writeAll(response: ServerResponse, mebibytes = Number.POSITIVE_INFINITY): void {
  const text = Buffer.alloc(MIB, 'x')
  let written = 0
  const write = () => {
    while (written < mebibytes) {
      written++
      if (!response.write(text)) return
    }
    response.end()
  }
  response.on('drain', write)
  write()
}

async function lengthOf({ body }: Response): Promise<number> {
  let length = 0
  for await (const chunk of body ?? []) length += chunk.length
  return length
}

describe('a question', () => {
  it('goes there as it came, and the answer comes back', async () => {
    const asked: string[] = []
    const { url } = await prometheusThat(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      asked.push([request.method, request.url, body, request.headers.authorization ?? ''].join(' '))
      response.writeHead(422, { 'content-type': 'application/json' }).end('{"status":"error"}')
    })
    const ask = askingOver(`${url.replace('://', '://me:you@')}/prom/`)
    const answerTo = async (path: string, init?: RequestInit) => {
      const response = await ask(path, init)
      return `${response.status} ${await response.text()}`
    }
    const form = { method: 'POST', body: new URLSearchParams({ query: 'up' }) }
    expect(await answerTo('query?time=1', form)).toBe('422 {"status":"error"}')
    await answerTo('label/a%20b/values?limit=1')
    const login = `Basic ${Buffer.from('me:you').toString('base64')}`
    expect(asked).toEqual([
      `POST /prom/api/v1/query?time=1 query=up ${login}`,
      `GET /prom/api/v1/label/a%20b/values?limit=1  ${login}`,
    ])
    expect(await answerTo('status/flags')).toMatch(/^200 /)
    expect(await answerTo('admin/tsdb/snapshot', { method: 'POST' })).toBe('404 404 page not found\n')
    expect(asked).toHaveLength(2)
  })

  it.each([
    [
      'is longer than a form may be',
      'x'.repeat(MIB + 1),
      413,
      'http: POST too large: expected a body of at most 1048576',
    ],
    ['does not come to its end', new ReadableStream(), 408, 'expected the whole body within 20ms'],
  ])('that %s is not passed on', async (_, body, status, words) => {
    let asked = 0
    const { url } = await prometheusThat(() => asked++)
    const streaming: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const response = await askingOver(url, 20)('query', streaming)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ status: 'error', error: expect.stringContaining(words) })
    expect(asked).toBe(0)
  })
})

describe('an answer', () => {
  it('may be long', async () => {
    const { url, open } = await prometheusThat((_, response) => writeAll(response, 64))
    expect(await lengthOf(await askingOver(url)('query'))).toBe(64 * MIB)
    await expect.poll(open).toBe(0)
  })

  it('breaks off where it is too long', async () => {
    const { url, open } = await prometheusThat((_, response) => writeAll(response))
    const answer = await askingOver(url)('query')
    await expect(lengthOf(answer)).rejects.toThrow('expected a body of at most 67108864 bytes, got more')
    await expect.poll(open).toBe(0)
  })

  it.each([
    ['does not begin', () => {}],
    ['stops midway through an error', (response: ServerResponse) => void response.writeHead(500).write('x')],
  ])('that %s is given up', async (_, begin) => {
    const { url, open } = await prometheusThat((_, response) => begin(response))
    const response = await askingOver(url, 50)('query')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      status: 'error',
      errorType: 'timeout',
      error: `Prometheus at ${url}/api/v1/ did not answer in time`,
    })
    await expect.poll(open).toBe(0)
  })

  it('that stops midway breaks off', async () => {
    const { url, open } = await prometheusThat((_, response) => void response.write('{'))
    const answer = await askingOver(url, 500)('query')
    await expect(collectingGarbage(answer.text())).rejects.toThrow('no answer within 500ms')
    await expect.poll(open).toBe(0)
  })

  it('that nobody reads is given up', async () => {
    const { url, open } = await prometheusThat((_, response) => writeAll(response))
    const answer = await askingOver(url, 500)('query')
    await collectingGarbage(sleep(600))
    await expect.poll(open).toBe(0)
    await expect(answer.text()).rejects.toThrow('no answer within 500ms')
  })

  it('ends with its reader, and with its client', async () => {
    const { url, open } = await prometheusThat((_, response) => writeAll(response))
    const answer = await askingOver(url)('query')
    await answer.body?.cancel()
    await expect.poll(open).toBe(0)

    const client = new AbortController()
    const other = await askingOver(url)('query', { signal: client.signal })
    client.abort(new Error('left'))
    await expect(other.text()).rejects.toThrow('left')
    await expect.poll(open).toBe(0)
  })

  it.each([
    ['an error', 500, 64 * 1024],
    ['what says that it is', 200, 64 * MIB],
  ])('that is too long is refused in words: %s', async (_, status, longest) => {
    const { url } = await prometheusThat((_, response) => {
      response.writeHead(status, { 'content-length': longest + 1 })
      writeAll(response)
    })
    const response = await askingOver(url)('query')
    expect(response.status).toBe(502)
    expect(await response.json()).toEqual({
      status: 'error',
      errorType: 'unavailable',
      error: `Prometheus at ${url}/api/v1/ answers too much: expected a body of at most ${longest} bytes, got more`,
    })
  })

  it('that is a redirect is followed to nowhere', async () => {
    let asked = 0
    const { url } = await prometheusThat((_, response) => {
      asked++
      response.writeHead(302, { location: '/api/v1/query' }).end()
    })
    const response = await askingOver(url)('query')
    expect([response.status, asked]).toEqual([502, 1])
    expect((await response.json()).error).toMatch(
      /redirects \(HTTP 302\): expected PROMETHEUS_URL to be where its API is$/,
    )
  })

  it('is missing where nobody is there', async () => {
    const { url } = await prometheusThat(() => {})
    await new Promise((closed) => server?.close(closed))
    const response = await askingOver(url)('query')
    expect(response.status).toBe(502)
    const { error, errorType } = await response.json()
    expect(errorType).toBe('unavailable')
    expect(error).toMatch(/^Prometheus at http:\/\/127\.0\.0\.1:\d+\/api\/v1\/ can't be reached: connect/)
  })
})
