import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { PromqlError } from '../promql/promql-error'
import type { Range } from '../promql/value'
import { createInstantCache } from './instant-cache'
import type { LiveQuestion } from './live-answer'
import type { LiveSource } from './live-stream'
import { liveStream } from './live-stream'
import { createTicks } from './ticks'

const question: LiveQuestion = { exprs: ['a'], instantExprs: [], rangeMs: 10_000, stepMs: 2_000 }

/** A source whose every answer is its own time in seconds, and a hand on its ticks. */
function fakeSource() {
  const asked: string[] = []
  let tick = (_atMs: number): void => {}
  const querier = {
    async instant(expr: string, atMs: number) {
      asked.push(`${expr}@${atMs}`)
      if (expr === 'wrong') throw new PromqlError('unknown function', 0, 5)
      return { type: 'vector' as const, series: [{ labels: { expr }, value: atMs / 1000 }] }
    },
    async range(expr: string, { startMs, endMs, stepMs }: Range) {
      asked.push(`${expr}@${startMs}-${endMs}/${stepMs}`)
      const points: [number, number][] = []
      for (let tMs = startMs; tMs <= endMs; tMs += stepMs) points.push([tMs, tMs / 1000])
      return { type: 'matrix' as const, series: [{ labels: { expr }, points }] }
    },
    series: async () => [],
    labelNames: async () => [],
    labelValues: async () => [],
    metadata: async () => ({}),
  }
  const ticks = createTicks((listener) => {
    tick = listener
  })
  const source: LiveSource = { querier, ticks, askInstant: createInstantCache(querier) }
  return { source, asked, tick: (atMs: number) => tick(atMs) }
}

function follow(source: LiveSource, asks: Partial<LiveQuestion> = {}, resumeMs: number | null = null) {
  const stop = new AbortController()
  const stream = liveStream(source, { ...question, ...asks }, resumeMs, stop.signal)
  const next = async () => {
    const { value, done } = await stream.next()
    if (done || !value) return expect.fail('the stream ended')
    return value
  }
  return { next, stop: () => stop.abort(), ended: async () => (await stream.next()).done }
}

describe('liveStream', () => {
  it('tells the whole range anew, once, when the past has changed', async () => {
    const { source, tick } = fakeSource()
    let changedMs: number | undefined
    const { next } = follow({ ...source, pastChangedMs: () => changedMs })
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
    const { source, tick } = fakeSource()
    tick(20_000)
    const viewer = follow({ ...source, pastChangedMs: () => 18_500 }, {}, 18_000)
    expect((await viewer.next()).event).toMatchObject({ isReset: true })
    const later = follow({ ...source, pastChangedMs: () => 17_500 }, {}, 18_000)
    expect((await later.next()).event).toMatchObject({ isReset: false })
  })

  it('tells the whole range first, then each tick', async () => {
    const { source, tick } = fakeSource()
    tick(20_000)
    const { next } = follow(source)
    expect((await next()).event).toEqual({
      isReset: true,
      timesMs: [12_000, 14_000, 16_000, 18_000, 20_000],
      named: [{ id: 0, query: 0, labels: { expr: 'a' } }],
      values: [{ id: 0, points: [12, 14, 16, 18, 20] }],
      errors: [],
    })
    tick(21_000)
    expect(await next()).toEqual({
      atMs: 21_000,
      event: { isReset: false, timesMs: [21_000], named: [], values: [{ id: 0, points: [21] }], errors: [] },
    })
  })

  it('tells the newest tick even between two steps', async () => {
    const { source, tick } = fakeSource()
    tick(21_000)
    const { event } = await follow(source).next()
    expect(event.timesMs).toEqual([12_000, 14_000, 16_000, 18_000, 20_000, 21_000])
    expect(event.values).toEqual([{ id: 0, points: [12, 14, 16, 18, 20, 21] }])
  })

  it('resumes after the last event that was seen, and leaves nothing out', async () => {
    const { source, tick } = fakeSource()
    tick(20_000)
    const { event } = await follow(source, {}, 15_000).next()
    expect(event).toMatchObject({ isReset: false, timesMs: [16_000, 18_000, 20_000] })
  })

  it.each([
    ['older than the range', 10_000],
    ['from a clock ahead of ours', 30_000],
  ])('starts over when what was seen is %s', async (_, resumeMs) => {
    const { source, tick } = fakeSource()
    tick(20_000)
    expect((await follow(source, {}, resumeMs).next()).event).toMatchObject({ isReset: true })
  })

  it('skips ticks for a slow reader without leaving out a step', async () => {
    const { source, tick } = fakeSource()
    tick(20_000)
    const { next } = follow(source)
    await next()
    for (const atMs of [21_000, 22_000, 23_000, 24_000]) tick(atMs)
    expect((await next()).event.timesMs).toEqual([22_000, 24_000])
  })

  it('asks an expression once in a tick however many look', async () => {
    const { source, asked, tick } = fakeSource()
    tick(20_000)
    const viewers = [follow(source), follow(source), follow(source)]
    for (const { next } of viewers) await next()
    asked.length = 0
    tick(22_000)
    for (const { next } of viewers) await next()
    expect(asked).toEqual(['a@22000'])
  })

  it('asks instant expressions at the newest tick only', async () => {
    const { source, asked, tick } = fakeSource()
    tick(20_000)
    const { event } = await follow(source, { exprs: [], instantExprs: ['b'] }).next()
    expect(asked).toEqual(['b@20000'])
    expect(event.values).toEqual([{ id: 0, points: [null, null, null, null, 20] }])
  })

  it('tells what is wrong with one expression beside the answers of the others', async () => {
    const { source, tick } = fakeSource()
    tick(20_000)
    const { event } = await follow(source, { instantExprs: ['wrong'] }).next()
    expect(event.errors).toEqual([{ query: 1, message: 'unknown function' }])
    expect(event.values).toHaveLength(1)
  })

  it('ends when its viewer leaves', async () => {
    const { source, tick } = fakeSource()
    tick(20_000)
    const { next, stop, ended } = follow(source)
    await next()
    stop()
    expect(await ended()).toBe(true)
  })

  it('abandons the history of a viewer who leaves, and tells no error then', async () => {
    const { source, tick } = fakeSource()
    const abandoned: string[] = []
    source.querier.range = (expr, _, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          abandoned.push(expr)
          reject(new PromqlError('query was canceled', 0, 0))
        })
      })
    tick(20_000)
    const { stop, ended } = follow(source, { exprs: ['a', 'b'] })
    const over = ended()
    await setImmediate()
    stop()
    expect(await over).toBe(true)
    expect(abandoned).toEqual(['a', 'b'])
  })
})
