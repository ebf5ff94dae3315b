import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MemoryPool } from '../memory-pool'
import { PromqlError } from '../promql/promql-error'
import type { Matrix, Range, Value } from '../promql/value'
import type { AskOptions } from '../query/querier'
import type { LiveQuestion } from './live-answer'
import type { LiveBoards, LiveBoardsOptions } from './live-boards'
import { createLiveBoards } from './live-boards'
import { MAX_EVENT_BYTES } from './live-encoder'
import type { LiveEvent } from './live-event'

const question: LiveQuestion = { exprs: ['a'], instantExprs: [], rangeMs: 10_000, stepMs: 2_000 }

/** Boards whose every answer is its own time in seconds, and a hand on their ticks. */
function fakeBoards(options: Partial<LiveBoardsOptions> = {}) {
  const asked: string[] = []
  let tick = (_atMs: number): void => {}
  const querier = {
    async instant(expr: string, atMs: number, _options?: AskOptions): Promise<Value> {
      asked.push(`${expr}@${atMs}`)
      if (expr === 'wrong') throw new PromqlError('unknown function', 0, 5)
      return { type: 'vector', series: [{ labels: { expr }, value: atMs / 1000 }] }
    },
    async range(expr: string, { startMs, endMs, stepMs }: Range, _options?: AskOptions): Promise<Matrix> {
      asked.push(`${expr}@${startMs}-${endMs}/${stepMs}`)
      const points: [number, number][] = []
      for (let tMs = startMs; tMs <= endMs; tMs += stepMs) points.push([tMs, tMs / 1000])
      return { type: 'matrix' as const, series: [{ labels: { expr }, points }] }
    },
  }
  const ending = new AbortController()
  const live = createLiveBoards({
    querier,
    onTick: (listener) => {
      tick = listener
    },
    maxStreams: 100,
    timeoutMs: 30_000,
    memory: new MemoryPool(64 * 1024 ** 2),
    messageBytes: 64 * 1024 ** 2,
    ending: ending.signal,
    ...options,
  })
  return { live, querier, asked, tick: (atMs: number) => tick(atMs), end: () => ending.abort() }
}

function follow(live: LiveBoards, asks: Partial<LiveQuestion> = {}, lastEventId?: string | number) {
  const stop = new AbortController()
  const viewer = live.open({ ...question, ...asks }, lastEventId?.toString(), stop.signal)
  if (viewer === undefined) return expect.fail('there are too many')
  const stream = viewer[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await stream.next()
    if (done || !value) return expect.fail('the stream ended')
    const [id, event] = value
    return { id, event }
  }
  return { next, viewer, stop: () => stop.abort(), ended: () => stream.next().then(() => false, isAbortError) }
}

const isAbortError = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

describe('a live stream', () => {
  it('tells the whole range anew, once, when the past has changed', async () => {
    let changedMs: number | undefined
    const { live, tick } = fakeBoards({ pastChangedMs: () => changedMs })
    const { next } = follow(live)
    tick(20_000)
    expect((await next()).event).toMatchObject({ isReset: true })
    tick(22_000)
    expect((await next()).event).toMatchObject({ isReset: false })
    changedMs = 22_500
    tick(24_000)
    expect((await next()).event).toMatchObject({ isReset: true, timesMs: [16_000, 18_000, 20_000, 22_000, 24_000] })
    tick(26_000)
    expect((await next()).event).toMatchObject({ isReset: false, timesMs: [26_000] })
  })

  it('tells the whole range to a viewer who comes back, where the past has changed since', async () => {
    let changedMs = 18_500
    const { live, tick } = fakeBoards({ pastChangedMs: () => changedMs })
    tick(20_000)
    expect((await follow(live, {}, 18_000).next()).event).toMatchObject({ isReset: true })
    changedMs = 17_500
    tick(21_000)
    expect((await follow(live, {}, 18_000).next()).event).toMatchObject({ isReset: false })
  })

  it('tells the whole range first, then each tick', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const { next } = follow(live)
    expect((await next()).event).toEqual({
      isReset: true,
      timesMs: [12_000, 14_000, 16_000, 18_000, 20_000],
      named: [{ id: 0, query: 0, labels: { expr: 'a' } }],
      values: [{ id: 0, points: [12, 14, 16, 18, 20] }],
      errors: [],
    })
    tick(21_000)
    expect(await next()).toEqual({
      id: expect.stringMatching(/^21000-/),
      event: { isReset: false, timesMs: [21_000], named: [], values: [{ id: 0, points: [21] }], errors: [] },
    })
  })

  it('tells the newest tick even between two steps', async () => {
    const { live, tick } = fakeBoards()
    tick(21_000)
    const { event } = await follow(live).next()
    expect(event.timesMs).toEqual([12_000, 14_000, 16_000, 18_000, 20_000, 21_000])
    expect(event.values).toEqual([{ id: 0, points: [12, 14, 16, 18, 20, 21] }])
  })

  it('resumes after the last event that was seen, and leaves nothing out', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const { event } = await follow(live, {}, 15_000).next()
    expect(event).toMatchObject({ isReset: false, timesMs: [16_000, 18_000, 20_000] })
  })

  it.each([
    ['older than the range', 10_000],
    ['from a clock ahead of ours', 30_000],
  ])('starts over when what was seen is %s', async (_, resumeMs) => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    expect((await follow(live, {}, resumeMs).next()).event).toMatchObject({ isReset: true })
  })

  it('skips ticks for a slow reader without leaving out a step', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const { next } = follow(live)
    await next()
    for (const atMs of [21_000, 22_000, 23_000, 24_000]) tick(atMs)
    expect((await next()).event.timesMs).toEqual([22_000, 24_000])
  })

  it('asks an expression once in a tick however many look', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const viewers = [follow(live), follow(live), follow(live)]
    for (const { next } of viewers) await next()
    asked.length = 0
    tick(22_000)
    for (const { next } of viewers) await next()
    expect(asked).toEqual(['a@22000'])
  })

  it('asks instant expressions at the newest tick only', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const { event } = await follow(live, { exprs: [], instantExprs: ['b'] }).next()
    expect(asked).toEqual(['b@20000'])
    expect(event.values).toEqual([{ id: 0, points: [null, null, null, null, 20] }])
  })

  it('tells what is wrong with one expression beside the answers of the others', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const { event } = await follow(live, { instantExprs: ['wrong'] }).next()
    expect(event.errors).toEqual([{ query: 1, message: 'unknown function' }])
    expect(event.values).toHaveLength(1)
  })

  it('ends when its viewer leaves', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const { next, stop, ended } = follow(live)
    await next()
    stop()
    expect(await ended()).toBe(true)
  })

  it('abandons the history of a viewer who leaves, and tells no error then', async () => {
    const { live, querier, tick } = fakeBoards()
    const abandoned: string[] = []
    querier.range = (expr, _, { signal } = {}) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => {
          abandoned.push(expr)
          reject(new PromqlError('query was canceled', 0, 0))
        }),
      )
    tick(20_000)
    const { stop, ended } = follow(live, { exprs: ['a', 'b'] })
    const over = ended()
    await setImmediate()
    stop()
    expect(await over).toBe(true)
    expect(abandoned).toEqual(['a', 'b'])
  })
})

/** A viewer with a connection: what it was sent, chunk by chunk as it reads. */
function connect(live: LiveBoards, asks: Partial<LiveQuestion> = {}, lastEventId?: string) {
  const viewer = live.open({ ...question, ...asks }, lastEventId)
  if (viewer === undefined) return expect.fail('there are too many')
  const cut = vi.fn()
  const farewell = (error: unknown) => Buffer.from(`event: failed ${error}`)
  const reader = viewer.body({ greeting: Buffer.from('hello'), farewell, cut }).getReader()
  return { cut, reader, read: async () => (await reader.read()).value }
}

const eventOf = (bytes: Uint8Array | undefined): LiveEvent => {
  return JSON.parse(/^data: (.*)$/m.exec(Buffer.from(bytes ?? []).toString())?.[1] ?? 'null')
}

describe('viewers of one question', () => {
  it('are sent the same piece of memory', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const viewers = [connect(live), connect(live), connect(live)]
    for (const { read } of viewers) expect(Buffer.from((await read()) ?? []).toString()).toBe('hello')
    const histories = await Promise.all(viewers.map(({ read }) => read()))
    expect(eventOf(histories[0]).isReset).toBe(true)
    expect(histories[1]).toBe(histories[0])
    expect(histories[2]).toBe(histories[0])
    const reads = viewers.map(({ read }) => read())
    await setImmediate()
    tick(22_000)
    const events = await Promise.all(reads)
    expect(eventOf(events[0])).toMatchObject({ isReset: false, timesMs: [22_000] })
    expect(new Set(events).size).toBe(1)
    expect(asked).toEqual(['a@12000-20000/2000', 'a@22000'])
  })

  it('who come soon after are told the same history, and what came since then', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const first = follow(live)
    await first.next()
    tick(22_000)
    await first.next()
    const second = follow(live)
    expect((await second.next()).event.timesMs.at(-1)).toBe(20_000)
    expect((await second.next()).event).toMatchObject({ timesMs: [22_000], named: [] })
    expect(asked).toEqual(['a@12000-20000/2000', 'a@22000'])
  })

  it('who come much later are told a newer history', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const first = follow(live)
    await first.next()
    for (let atMs = 22_000; atMs <= 34_000; atMs += 2000) {
      tick(atMs)
      await first.next()
    }
    expect((await follow(live).next()).event.timesMs.at(-1)).toBe(34_000)
  })

  it('who come back are told what they missed, and no name again', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const first = follow(live)
    const { id } = await first.next()
    for (const atMs of [22_000, 24_000]) {
      tick(atMs)
      await first.next()
    }
    asked.length = 0
    const again = follow(live, {}, id)
    expect((await again.next()).event).toMatchObject({ isReset: false, timesMs: [22_000], named: [] })
    expect((await again.next()).event).toMatchObject({ isReset: false, timesMs: [24_000], named: [] })
    expect(asked).toEqual([])
  })

  it('who come back to another process are told the names as well', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    await follow(live).next()
    const { event } = await follow(live, {}, '16000-other0-7').next()
    expect(event).toMatchObject({ isReset: false, timesMs: [18_000, 20_000], named: [{ id: 0 }] })
  })

  it('who have seen the newest instant of another process are told the names with the next one', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    await follow(live).next()
    const { next } = follow(live, {}, '20000-other0-7')
    const event = next()
    await setImmediate()
    tick(22_000)
    expect((await event).event).toMatchObject({ isReset: false, timesMs: [22_000], named: [{ id: 0 }] })
  })

  it('who come back from many moments are told of them in few events', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const viewers = Array.from({ length: 40 }, (_, i) => follow(live, { rangeMs: 18_000 }, 3000 + 400 * i))
    const events = await Promise.all(viewers.map(({ next }) => next()))
    for (const [i, { event }] of events.entries()) {
      expect(event.timesMs[0]).toBeLessThanOrEqual(Math.ceil((3000 + 400 * i + 1) / 2000) * 2000)
      expect(event.timesMs.at(-1)).toBe(20_000)
    }
    expect(asked).toHaveLength(4)
  })

  it('is held until those who wait for it have come: another question’s takes its place later', async () => {
    const { live, asked, tick } = fakeBoards({ messageBytes: 250 })
    tick(20_000)
    const viewers = ['a', 'b', 'a', 'b', 'a'].map((expr) => follow(live, { exprs: [expr] }))
    const told = await Promise.all(viewers.map(async ({ next }) => JSON.stringify((await next()).event)))
    expect(told.filter((event) => event.includes('timesMs'))).toHaveLength(5)
    expect(asked.filter((question) => question.startsWith('a@'))).toHaveLength(1)
  })

  it('are told in words that there is no memory for their event', async () => {
    const { live, tick } = fakeBoards({ messageBytes: 10 })
    tick(20_000)
    const { event } = await follow(live, { instantExprs: ['b'] }).next()
    expect(event.values).toEqual([])
    expect(event.errors.map(({ query }) => query)).toEqual([0, 1])
    expect(event.errors[0]?.message).toMatch('live events would hold more than 0MB of memory together')
  })

  it('fail together where the source breaks, in other ways than it says', async () => {
    const { live, querier, tick } = fakeBoards()
    querier.range = async () => {
      throw new TypeError('broken')
    }
    tick(20_000)
    await expect(follow(live).next()).rejects.toThrow('broken')
    const { read, reader } = connect(live)
    await read()
    expect(Buffer.from((await read()) ?? []).toString()).toBe('event: failed TypeError: broken')
    expect((await reader.read()).done).toBe(true)
    expect(live.streams().open).toBe(0)
  })
})

describe('questions', () => {
  it('are evaluated some at a time, in the order in which they came', async () => {
    const { live, querier, tick } = fakeBoards()
    const begun: string[] = []
    const ends: (() => void)[] = []
    querier.range = (expr) =>
      new Promise((resolve) => {
        begun.push(expr)
        ends.push(() => resolve({ type: 'matrix', series: [] }))
      })
    tick(20_000)
    const viewers = ['a', 'b', 'c', 'd'].map((expr) => follow(live, { exprs: [expr] }).next())
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b']))
    ends[0]?.()
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']))
    ends[1]?.()
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c', 'd']))
    for (const end of ends) end()
    await Promise.all(viewers)
  })

  it('that take too long are told so', async () => {
    const { live, querier, tick } = fakeBoards({ timeoutMs: 20 })
    querier.range = (_expr, _range, { signal } = {}) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new PromqlError('query timed out in query execution', 0, 0))),
      )
    tick(20_000)
    const { event } = await follow(live).next()
    expect(event).toMatchObject({
      isReset: true,
      values: [],
      errors: [{ query: 0, message: 'query timed out in query execution' }],
    })
  })

  it('end within their time, all of their queries together', async () => {
    const { live, querier, asked, tick } = fakeBoards({ timeoutMs: 20 })
    querier.instant = (expr, _atMs, { signal } = {}) => {
      asked.push(expr)
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    }
    tick(20_000)
    const exprs = Array.from({ length: 10 }, (_, i) => `i${i}`)
    const { event } = await follow(live, { exprs: [], instantExprs: exprs }).next()
    expect(asked).toEqual(exprs.slice(0, 4))
    expect(event.errors.map(({ message }) => message)).toEqual(exprs.map(() => 'query timed out in query execution'))
  })

  it('of which a tick takes longer than a tick skip some of them', async () => {
    const { live, querier, asked, tick } = fakeBoards()
    tick(20_000)
    const { next } = follow(live)
    await next()
    const instant = querier.instant
    let end = () => {}
    querier.instant = async (...question) => {
      const answer = await instant(...question)
      await new Promise<void>((resolve) => {
        end = resolve
      })
      return answer
    }
    const event = next()
    await setImmediate()
    for (const atMs of [20_500, 21_000, 21_500]) tick(atMs)
    await vi.waitFor(() => expect(asked.at(-1)).toBe('a@20500'))
    end()
    await event
    const later = next()
    await vi.waitFor(() => expect(asked.at(-1)).toBe('a@21500'))
    end()
    expect((await later).event.timesMs).toEqual([21_500])
    expect(asked).not.toContain('a@21000')
  })
})

describe('a viewer with a connection', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('that hears nothing is sent a ping', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const { read } = connect(live)
    await read()
    await read()
    const ping = read()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(Buffer.from((await ping) ?? []).toString()).toBe('event: ping\ndata: \n\n\n')
    const event = read()
    await setImmediate()
    tick(22_000)
    expect(eventOf(await event).timesMs).toEqual([22_000])
  })

  it('that does not read makes nobody work, and is cut off', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const { cut, read } = connect(live)
    await read()
    await read()
    asked.length = 0
    for (let atMs = 22_000; atMs < 40_000; atMs += 2000) {
      tick(atMs)
      await setImmediate()
    }
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(59_000)
    expect(cut).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(cut).toHaveBeenCalledOnce()
    expect(live.streams().open).toBe(0)
  })

  it('leaves nothing behind when the last one has left', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const { read, reader } = connect(live)
    await read()
    await read()
    await reader.cancel()
    expect(live.streams().open).toBe(0)
    await vi.advanceTimersByTimeAsync(12_000)
    expect(vi.getTimerCount()).toBe(0)
    asked.length = 0
    await connect(live).read()
    expect((await follow(live).next()).event.isReset).toBe(true)
    expect(asked).toEqual(['a@12000-20000/2000'])
  })

  it('is let go when the server ends, and its client may come again', async () => {
    const { live, tick, end } = fakeBoards()
    tick(20_000)
    const reading = connect(live)
    const other = connect(live)
    const { ended } = follow(live)
    for (const { read } of [reading, other]) await read()
    await reading.read()
    const last = reading.reader.read()
    end()
    expect(await last).toEqual({ done: true, value: undefined })
    expect(await ended()).toBe(true)
    expect(other.cut).toHaveBeenCalledOnce()
    expect(reading.cut).not.toHaveBeenCalled()
    expect(live.streams().open).toBe(0)
  })
})

it('no more viewers are taken than may be, until one leaves', () => {
  const { live } = fakeBoards({ maxStreams: 2 })
  const stop = new AbortController()
  expect(live.open(question, null, stop.signal)).toBeDefined()
  expect(live.open(question)).toBeDefined()
  expect(live.open(question)).toBeUndefined()
  expect(live.streams()).toEqual({ open: 2, limit: 2 })
  stop.abort()
  expect(live.open(question)).toBeDefined()
})

it('a client that has left before it was answered takes no place', async () => {
  const { live } = fakeBoards()
  const viewer = live.open(question, null, AbortSignal.abort())
  expect(live.streams().open).toBe(0)
  const body = viewer?.body({ greeting: Buffer.from('hello'), farewell: () => Buffer.from('') })
  expect((await body?.getReader().read())?.done).toBe(true)
})

describe('the history for a page', () => {
  const timesOf = (moments: { json: string }[]) => moments.map(({ json }) => JSON.parse(json).timesMs.at(-1))

  it('is that of the viewers, up to the newest tick', async () => {
    const { live, asked, tick } = fakeBoards()
    tick(20_000)
    const { next } = follow(live)
    await next()
    tick(22_000)
    await next()
    expect(timesOf(await live.history(question))).toEqual([20_000, 22_000])
    expect(asked).toEqual(['a@12000-20000/2000', 'a@22000'])
  })

  it('is told to the viewer who comes after it in the same words', async () => {
    const { live, tick } = fakeBoards()
    tick(20_000)
    const [moment] = await live.history(question)
    tick(22_000)
    const { event } = await follow(live, {}, moment?.id).next()
    expect(event).toMatchObject({ isReset: false, timesMs: [22_000], named: [] })
  })

  it('is nothing before the first tick, and where it is too large for a page', async () => {
    const { live, querier, tick } = fakeBoards()
    expect(await live.history(question)).toEqual([])
    querier.range = async () => ({
      type: 'matrix',
      series: [{ labels: { a: 'x'.repeat(MAX_EVENT_BYTES / 4) }, points: [[20_000, 1]] }],
    })
    tick(20_000)
    expect(await live.history(question)).toEqual([])
  })
})

describe('a window that stands still', () => {
  const window = { ...question, exprs: ['a'], instantExprs: ['b', 'wrong'], endMs: 19_500 }

  it('is told in one event: the steps within it, and its end', async () => {
    const { live, asked } = fakeBoards()
    const { json } = await live.window(window)
    const event: LiveEvent = JSON.parse(json)
    expect(event).toMatchObject({ isReset: true, timesMs: [10_000, 12_000, 14_000, 16_000, 18_000, 19_500] })
    expect(event.values.map(({ points }) => points)).toEqual(
      expect.arrayContaining([
        [10, 12, 14, 16, 18, 19.5],
        [null, null, null, null, null, 19.5],
      ]),
    )
    expect(event.errors).toEqual([{ query: 2, message: 'unknown function' }])
    expect(asked.sort()).toEqual(['a@10000-18000/2000', 'a@19500', 'b@19500', 'wrong@19500'])
  })

  it('is what a page begins with, before the first tick too, unless it is too large', async () => {
    const { live, querier } = fakeBoards()
    expect(await live.history(window)).toEqual([await live.window(window)])
    querier.range = async () => ({
      type: 'matrix',
      series: [{ labels: { a: 'x'.repeat(MAX_EVENT_BYTES / 4) }, points: [[18_000, 1]] }],
    })
    expect(await live.history(window)).toEqual([])
  })

  it('takes no place of a stream, and gives its memory back', async () => {
    const memory = new MemoryPool(64 * 1024 ** 2)
    const { live } = fakeBoards({ maxStreams: 0, memory })
    await live.window(window)
    expect(live.streams().open).toBe(0)
    expect(memory.heldBytes).toBe(0)
  })
})

it('whoever comes, waits, skips and comes back is told of every instant, by names it knows', async () => {
  const step = fc.record({
    ticks: fc.integer({ min: 0, max: 4 }),
    reads: fc.integer({ min: 0, max: 3 }),
    isLeaving: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fc.boolean(), async (steps, isWatched) => {
      const { live, tick } = fakeBoards()
      let atMs = 20_500
      tick(atMs)
      const watcher = follow(live)
      if (isWatched) await watcher.next()
      let viewer = follow(live)
      let lastId: string | undefined
      let told = new Map<number, unknown>()
      let names = new Map<number, unknown>()
      let sentMs = 0
      const read = async () => {
        const { id, event } = await viewer.next()
        if (event.isReset) [told, names] = [new Map(), new Map()]
        for (const named of event.named) names.set(named.id, named.labels)
        for (const { id, points } of event.values) {
          expect(names.get(id)).toEqual({ expr: 'a' })
          for (const [i, tMs] of event.timesMs.entries()) told.set(tMs, points[i])
        }
        lastId = id
        sentMs = event.timesMs.at(-1) ?? 0
      }
      for (const { isLeaving, reads, ticks } of steps) {
        for (let i = 0; i < ticks; i++) {
          atMs += 700
          tick(atMs)
          if (isWatched) await watcher.next()
        }
        for (let i = 0; i < reads && sentMs < atMs; i++) await read()
        if (isLeaving) {
          viewer.stop()
          viewer = follow(live, {}, lastId)
        }
      }
      while (sentMs < atMs) await read()
      for (let tMs = Math.ceil((atMs - 9_000) / 2000) * 2000; tMs <= atMs; tMs += 2000)
        expect(told.get(tMs)).toBe(tMs / 1000)
      expect(told.get(atMs)).toBe(atMs / 1000)
    }),
  )
})
