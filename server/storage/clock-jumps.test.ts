import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Family } from '../exposition/snapshot'
import { createScrapeLoop } from '../scrape/scrape-loop'
import type { Target } from '../scrape/target'
import type { Matcher } from './series'
import type { Storage } from './storage'
import { createStorage } from './storage'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const BEGIN_MS = 1_760_000_000_000

let storage: Storage
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers({ now: BEGIN_MS })
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  storage = createStorage({ retentionMs: HOUR_MS, seriesLimit: 1000 })
  const loop = createScrapeLoop({
    intervalMs: 1000,
    thisProcess: target('own'),
    others: [target('other'), target('another')],
    sink: storage,
  })
  loop.start()
  stop = loop.stop
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A target that counts its scrapes. */
function target(instance: string): Target {
  let count = 0
  const collect = async () => {
    count++
    const samples = [{ name: 'scrapes_total', labels: {}, value: count }]
    const families: Family[] = [{ name: 'scrapes_total', type: 'counter', help: '', unit: '', samples }]
    return { takenAtMs: Date.now(), families }
  }
  return { job: 'test', instance, url: '', timeoutMs: 1000, collect }
}

const live = (ms: number) => vi.advanceTimersByTimeAsync(ms)

function jump(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

/** How many scrapes of each target are held, from `fromMs` to `toMs`. */
function held(fromMs: number, toMs: number): number[] {
  const matchers: Matcher[] = [{ name: '__name__', op: '=', value: 'scrapes_total' }]
  const counts = storage.select(matchers, fromMs, toMs).map(({ values }) => values.length)
  return [0, 1, 2].map((i) => counts[i] ?? 0)
}

const about = (minutes: number) => {
  const count = expect.closeTo(minutes * 60, -1)
  return [count, count, count]
}

function expectNothingRefused(): void {
  expect(Object.values(storage.status().droppedSamples).filter((count) => count > 0)).toEqual([])
}

describe('a jump of the clock', () => {
  it('forward leaves the hour before, which ages from then on', async () => {
    await live(30 * MINUTE_MS)
    jump(10 * HOUR_MS)
    await live(20 * MINUTE_MS)
    expect(held(BEGIN_MS, BEGIN_MS + HOUR_MS)).toEqual(about(30))
    expect(held(BEGIN_MS + 10 * HOUR_MS, BEGIN_MS + 12 * HOUR_MS)).toEqual(about(20))
    await live(25 * MINUTE_MS)
    expect(held(BEGIN_MS, BEGIN_MS + HOUR_MS)).toEqual(about(15))
    await live(20 * MINUTE_MS)
    expect(held(BEGIN_MS, BEGIN_MS + HOUR_MS)).toEqual([0, 0, 0])
    expect(held(0, BEGIN_MS + 20 * HOUR_MS)).toEqual(about(60))
    expect(storage.status().clockSteps).toEqual({ forward: 1, back: 0, droppedSamples: 0 })
    expectNothingRefused()
  })

  it('back drops the samples of the time to come, and the history goes on', async () => {
    await live(30 * MINUTE_MS)
    jump(-10 * MINUTE_MS)
    await live(5 * MINUTE_MS)
    expect(held(BEGIN_MS, BEGIN_MS + 2 * HOUR_MS)).toEqual(about(25))
    const { clockSteps } = storage.status()
    expect(clockSteps).toMatchObject({ forward: 0, back: 1 })
    expect(clockSteps.droppedSamples).toBeGreaterThan(3 * 4 * 600)
    expectNothingRefused()
  })

  it('back beyond everything begins anew at once', async () => {
    await live(5 * MINUTE_MS)
    jump(-3 * HOUR_MS)
    await live(5 * MINUTE_MS)
    expect(held(0, BEGIN_MS + HOUR_MS)).toEqual(about(5))
    expectNothingRefused()
  })

  it('forward that is set right again leaves what was before', async () => {
    await live(30 * MINUTE_MS)
    jump(24 * HOUR_MS)
    await live(2 * MINUTE_MS)
    jump(-24 * HOUR_MS)
    await live(18 * MINUTE_MS)
    expect(held(0, BEGIN_MS + 48 * HOUR_MS)).toEqual(about(48))
    expectNothingRefused()
  })

  it('by less than an interval is none', async () => {
    await live(5 * MINUTE_MS)
    jump(-900)
    await live(5 * MINUTE_MS)
    expect(held(0, BEGIN_MS + HOUR_MS)).toEqual(about(10))
    expect(storage.status().clockSteps).toEqual({ forward: 0, back: 0, droppedSamples: 0 })
    expectNothingRefused()
  })

  it('again and again leaves a history that can be appended to', async () => {
    const jumpsMs = [-1500, 70_000, -3 * HOUR_MS, 2000, 2 * HOUR_MS, -61_000, 24 * HOUR_MS, -24 * HOUR_MS]
    for (const ms of [...jumpsMs, ...jumpsMs, ...jumpsMs]) {
      await live(MINUTE_MS)
      jump(ms)
    }
    const fromMs = Date.now()
    await live(10 * MINUTE_MS)
    expect(held(fromMs, fromMs + HOUR_MS)).toEqual(about(10))
    expectNothingRefused()
  })

  it('drops a scrape that is under way when the clock is set back', async () => {
    stop()
    const waiting: (() => void)[] = []
    const collect = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return { takenAtMs: Date.now(), families: [] }
    }
    const slow = { ...target('slow'), timeoutMs: HOUR_MS, collect }
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess: target('own'), others: [slow], sink: storage })
    loop.start()
    await live(MINUTE_MS)
    jump(-30 * MINUTE_MS)
    await live(MINUTE_MS)
    waiting[0]?.()
    await live(0)
    loop.stop()
    expect(storage.select([{ name: 'instance', op: '=', value: 'slow' }], 0, Date.now() + HOUR_MS)).toEqual([])
  })
})
