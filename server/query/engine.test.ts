import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { EngineOptions } from './engine'
import { createEngine } from './engine'
import { QuerierError } from './querier-error'
import { createRemoteQuerier } from './remote-querier'

let server: Server | undefined
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

async function serverThat(answers: RequestListener): Promise<string> {
  server = createServer(answers)
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const success = (rest = {}) =>
  JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '2'] }, ...rest })

function engineAt(url: string, options?: EngineOptions) {
  const engine = createEngine(url, options)
  const querier = createRemoteQuerier(engine, 10_000)
  return { engine, ask: (atMs = 0) => querier.instant('2', atMs) }
}

describe('a question to another server', () => {
  it('has the parameters and the headers that were set, and asks for what is newest', async () => {
    const asked: unknown[] = []
    const host = await serverThat((request, response) => {
      const { authorization, 'x-scope-orgid': tenant } = request.headers
      asked.push([request.url, authorization, tenant])
      response.end(success())
    })
    const headers = { 'x-scope-orgid': 'shop' }
    const { ask, engine } = engineAt(`http://bearer:secret@${host}/select/0/prometheus?extra[]=a&extra[]=b`, {
      headers,
    })
    await ask()
    await engine.ask('labels?extra[]=c', { method: 'GET', body: null, signal: new AbortController().signal })
    const path = '/select/0/prometheus/api/v1'
    expect(asked).toEqual([
      [`${path}/query?extra%5B%5D=a&extra%5B%5D=b`, 'Bearer secret', 'shop'],
      [`${path}/labels?extra[]=c`, 'Bearer secret', 'shop'],
    ])
    expect(engine.url + engine.root).not.toMatch(/secret|extra/)
  })

  it('says that it wants no cache where the answer may be newer than it', async () => {
    const bodies: string[] = []
    const host = await serverThat(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      bodies.push(body)
      response.end(success())
    })
    const { ask } = engineAt(`http://${host}`)
    await ask(0)
    await ask(Date.now())
    expect(bodies.map((body) => new URLSearchParams(body).get('nocache'))).toEqual([null, '1'])
  })
})

describe('a server that does not answer', () => {
  it.each<[string, RequestListener, RegExp, number]>([
    [
      'redirects',
      (_, response) => void response.writeHead(302, { location: 'http://user:pw@there/x?y' }).end(),
      /redirects to http:\/\/there\/x \(HTTP 302\): expected PROMETHEUS_URL to be where its API is$/,
      1,
    ],
    ['wants a login', (_, response) => void response.writeHead(401).end('secret'), /wants a login \(HTTP 401\)/, 1],
    ['refuses one', (_, response) => void response.writeHead(403).end('secret'), /refuses this login \(HTTP 403\)$/, 1],
    ['answers HTML', (_, response) => void response.end('<html>'), /with something else than its JSON$/, 1],
    [
      'breaks off',
      (_, response) => void response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
      /broke off its answer/,
      1,
    ],
  ])('because it %s is said so, until it answers', async (_, listener, message, requests) => {
    let count = 0
    let isWell = false
    const host = await serverThat((request, response) => {
      count++
      if (isWell) response.end(success())
      else listener(request, response)
    })
    const { ask, engine } = engineAt(`http://${host}`)
    await expect(ask()).rejects.toThrow(QuerierError)
    expect(count).toBe(requests)
    await expect(ask()).rejects.toThrow(message)
    await expect(ask()).rejects.not.toThrow('secret')
    isWell = true
    await ask()
    expect(engine.status().problem).toBeUndefined()
  })

  it('keeps its problem until it answers', async () => {
    const host = await serverThat((_, response) => response.end(success()))
    const { ask, engine } = engineAt(`http://${host}`)
    server?.close()
    server?.closeAllConnections()
    await expect(ask()).rejects.toThrow(/can't be reached: .*ECONNREFUSED/)
    expect(engine.status().problem).toMatch(/^Prometheus at http:\/\/127\.0\.0\.1:\d+\/api\/v1\/ can't be reached/)
  })
})

describe('a server that asks to wait', () => {
  async function pausing(status: number, headers: Record<string, string> = {}) {
    let nowMs = 0
    let count = 0
    const answer = { status }
    const host = await serverThat((_, response) => {
      count++
      response.writeHead(answer.status, answer.status === 200 ? {} : headers).end(success())
    })
    const { ask, engine } = engineAt(`http://${host}`, { now: () => nowMs })
    return {
      engine,
      answer,
      ask,
      /** Whether a question at that time reaches the server. */
      reaches: async (atMs: number) => {
        nowMs = atMs
        const before = count
        await ask().catch(() => {})
        return count > before
      },
    }
  }

  it.each([429, 503])('is left alone for as long as it says (%i)', async (status) => {
    const { answer, ask, engine, reaches } = await pausing(status, { 'retry-after': '20' })
    expect(await reaches(0)).toBe(true)
    await expect(ask()).rejects.toThrow(`asked to wait (HTTP ${status}): it is asked again in 20 s`)
    expect(engine.status().problem).toContain('asked to wait')
    expect(await reaches(19_900)).toBe(false)
    answer.status = 200
    expect(await reaches(20_000)).toBe(true)
    expect(engine.status().problem).toBeUndefined()
    expect(await reaches(20_001)).toBe(true)
  })

  it('is left alone for five minutes at most', async () => {
    const { reaches } = await pausing(503, { 'retry-after': '86400' })
    await reaches(0)
    expect([await reaches(299_000), await reaches(300_000)]).toEqual([false, true])
  })

  it('and does not say how long is left alone for longer each time', async () => {
    const { reaches } = await pausing(429)
    const reached: number[] = []
    for (let ms = 0; ms <= 100_000; ms += 500) if (await reaches(ms)) reached.push(ms)
    expect(reached).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000])
  })

  it('is asked again at once where it only says that it is busy', async () => {
    const { reaches } = await pausing(503)
    expect([await reaches(0), await reaches(1)]).toEqual([true, true])
  })
})

describe('an answer in part', () => {
  it.each([
    ['isPartial', { isPartial: true }, 'a part of its stores did not answer'],
    ['a warning of a store', { warnings: ['store a: no route'] }, 'store a: no route'],
    ['a warning about the expression', { warnings: ['PromQL warning: bucket label "le" is missing'] }, undefined],
    ['nothing', { isPartial: false, warnings: null }, undefined],
  ])('with %s is told for half a minute', async (_, rest, words) => {
    let nowMs = 0
    const host = await serverThat((_, response) => response.end(success(rest)))
    const { ask, engine } = engineAt(`http://${host}`, { now: () => nowMs })
    await ask()
    expect(engine.status()).toEqual({ problem: undefined, partial: words })
    nowMs = 30_000
    expect(engine.status().partial).toBeUndefined()
  })
})
