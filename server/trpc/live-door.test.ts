// metrics.live over HTTP: what tRPC's client would be sent by tRPC itself, and what is refused.
import { initTRPC, TRPCError, tracked } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MemoryPool } from '../memory-pool'
import { handleTrpc } from './handle'
import { STREAM_CLIENT } from './init'
import type { LiveBoards } from './live-boards'
import { createLiveBoards } from './live-boards'

const held = vi.hoisted(() => ({ processContext: (): object => ({}), observed: [] as string[] }))
vi.mock('./context', () => ({ processContext: () => held.processContext() }))
vi.mock('../query/process-gate', () => ({ processMemory: () => new MemoryPool(2 ** 20) }))
vi.mock('../instrument/observe-procedure', () => ({
  observeProcedure: ({ procedure, type, code }: Record<string, unknown>) =>
    held.observed.push(`${procedure} ${type} ${code}`),
}))
vi.mock('../instrument/exceptions', () => ({ recordException: vi.fn() }))

const question = { exprs: ['a', 'b{x="ü\n"}'], instantExprs: ['c'], rangeMs: 10_000, stepMs: 2_000 }

let live: LiveBoards
let tick: (atMs: number) => void
beforeEach(() => {
  held.observed = []
  live = createLiveBoards({
    querier: {
      instant: async (expr, atMs) => ({ type: 'vector', series: [{ labels: { expr }, value: atMs }] }),
      range: async (expr) => ({ type: 'matrix', series: [{ labels: { expr }, points: [[18_000, Number.NaN]] }] }),
    },
    onTick: (listener) => {
      tick = listener
    },
    maxStreams: 2,
    timeoutMs: 1_000,
    memory: new MemoryPool(2 ** 20),
    messageBytes: 2 ** 20,
    ending: new AbortController().signal,
  })
  held.processContext = () => ({ live })
})

function ask(input: unknown, init: RequestInit = {}, more = ''): Promise<Response> {
  const text = typeof input === 'string' ? input : JSON.stringify(input)
  const url = `http://localhost/api/trpc/metrics.live?input=${encodeURIComponent(text)}${more}`
  return handleTrpc(new Request(url, init))
}

/** The text of a body up to its second event with an id, or to its end. */
async function textOf(response: Response, onFirst = () => {}): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const count = [...text.matchAll(/^id: .*\n\n\n/gm)].length
    if (count === 1) onFirst()
    if (count === 2) return text
  }
  return text
}

/** What tRPC itself writes for a stream of these events. */
async function writtenByTrpc(events: [id: string, event: unknown][]): Promise<Response> {
  const t = initTRPC.create({ sse: { client: STREAM_CLIENT } })
  const router = t.router({
    live: t.procedure.subscription(async function* () {
      for (const [id, event] of events) yield tracked(id, event)
      await new Promise(() => {})
    }),
  })
  return fetchRequestHandler({ req: new Request('http://localhost/live'), endpoint: '', router })
}

describe('a stream', () => {
  it('is what tRPC would have written, byte for byte, and with its headers', async () => {
    tick(20_500)
    const response = await ask(question)
    const text = await textOf(response, () => tick(22_000))
    const events = [...text.matchAll(/^data: (.*)\nid: (.*)$/gm)].map(([, data = '', id = '']): [string, unknown] => {
      return [id, JSON.parse(data)]
    })
    expect(events).toHaveLength(2)
    const theirs = await writtenByTrpc(events)
    expect(text).toBe(await textOf(theirs))
    expect(Object.fromEntries(response.headers)).toEqual(Object.fromEntries(theirs.headers))
    expect(response.status).toBe(200)
    expect(held.observed).toEqual(['metrics.live subscription OK'])
  })

  it.each<[string, RequestInit, string]>([
    ['its header', { headers: { 'last-event-id': '18000' } }, ''],
    ['its URL', {}, '&lastEventId=18000'],
  ])('goes on after the event that a client names in %s', async (_, init, more) => {
    tick(20_000)
    const text = await textOf(await ask(question, init, more), () => tick(22_000))
    expect(text).toContain('{"isReset":false,"timesMs":[20000]')
  })

  it('gives its place back when the client leaves', async () => {
    const leaving = new AbortController()
    await ask(question, { signal: leaving.signal })
    expect(live.streams().open).toBe(1)
    leaving.abort()
    expect(live.streams().open).toBe(0)
    const response = await ask(question)
    expect(live.streams().open).toBe(1)
    await response.body?.cancel()
    expect(live.streams().open).toBe(0)
  })
})

describe('what is refused', () => {
  it('is one stream more than there may be, with the limit in words', async () => {
    await ask(question)
    await ask(question)
    const response = await ask(question)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await response.json()).toMatchObject({
      error: {
        message: '2 live streams are open, which is the limit (LIVE_STREAMS): try again later.',
        data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, path: 'metrics.live' },
      },
    })
    expect(held.observed.at(-1)).toBe('metrics.live subscription SERVICE_UNAVAILABLE')
  })

  it.each<[string, unknown]>([
    ['a question of the wrong shape', { ...question, stepMs: 1 }],
    ['none', 'null'],
    ['no JSON', '{'],
  ])('is %s, in the stream, as tRPC does it', async (_, input) => {
    const response = await ask(input)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const text = await response.text()
    expect(text).toMatch(/^event: connected\ndata: .*\n\n\nevent: serialized-error\ndata: .*"code":"BAD_REQUEST"/)
    expect(held.observed).toEqual(['metrics.live subscription BAD_REQUEST'])
    expect(live.streams().open).toBe(0)
  })

  it('is everything while there is nothing to tell yet, so that the client tries again', async () => {
    held.processContext = () => {
      throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'not yet' })
    }
    const response = await ask(question)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('"message":"not yet"')
  })

  it.each<[string, RequestInit, string, number]>([
    ['a batch', {}, '&batch=1', 400],
    ['a POST', { method: 'POST', headers: { 'content-type': 'application/json' } }, '', 405],
  ])('is %s, in the words of tRPC', async (_, init, more, code) => {
    const text = await (await ask(question, init, more)).text()
    expect(text).toContain(`"httpStatus":${code}`)
    expect(live.streams().open).toBe(0)
  })
})
