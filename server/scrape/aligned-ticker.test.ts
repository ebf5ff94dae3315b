import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAlignedTicker } from './aligned-ticker'

beforeEach(() => {
  vi.useFakeTimers({ now: 10_300 })
})

afterEach(() => {
  vi.useRealTimers()
})

function startTicker(intervalMs = 1000, offsetMs = 0) {
  const instants: number[] = []
  const ticker = createAlignedTicker(intervalMs, (atMs) => instants.push(atMs), offsetMs)
  ticker.start()
  return { instants, ticker }
}

describe('an aligned ticker', () => {
  it('fires at the multiples of its interval', () => {
    const { instants } = startTicker()
    vi.advanceTimersByTime(699)
    expect(instants).toEqual([])
    vi.advanceTimersByTime(1)
    expect(instants).toEqual([11_000])
    vi.advanceTimersByTime(2000)
    expect(instants).toEqual([11_000, 12_000, 13_000])
  })

  it('fires at the same distance from each of them, where one is given', () => {
    const { instants } = startTicker(1000, 400)
    vi.advanceTimersByTime(2099)
    expect(instants).toEqual([10_400, 11_400])
    vi.setSystemTime(20_000)
    vi.advanceTimersByTime(1000)
    expect(instants).toEqual([10_400, 11_400, 19_400, 20_400])
  })

  it('does not drift when it fires late', () => {
    const { instants } = startTicker()
    for (let i = 0; i < 5; i++) {
      vi.setSystemTime(Date.now() + 37)
      vi.advanceTimersToNextTimer()
    }
    expect(instants).toEqual([11_000, 12_000, 13_000, 14_000, 15_000])
  })

  it('skips the instants that passed while the process was busy', () => {
    const { instants } = startTicker()
    vi.setSystemTime(13_600)
    vi.advanceTimersToNextTimer()
    vi.advanceTimersToNextTimer()
    expect(instants).toEqual([14_000, 15_000])
  })

  it('waits for the instant when it fires early', () => {
    const { instants } = startTicker()
    vi.setSystemTime(10_290)
    vi.advanceTimersByTime(700)
    expect(instants).toEqual([])
    vi.advanceTimersByTime(10)
    expect(instants).toEqual([11_000])
  })

  it('goes on with the new time when the clock jumps', () => {
    const { instants } = startTicker()
    vi.advanceTimersByTime(700)
    vi.setSystemTime(1_000_000_250)
    vi.advanceTimersByTime(1000)
    vi.setSystemTime(5250)
    vi.advanceTimersByTime(2000)
    expect(instants).toEqual([11_000, 1_000_001_000, 6000, 7000])
  })

  it('becomes neither a busy loop nor silent, whatever the clock does', () => {
    const { instants } = startTicker()
    const jumpsMs = [-400, 3000, -5000, 0, 900, -900, -1100, 1_000_000, -1_000_000]
    for (let i = 0; i < 90; i++) {
      vi.setSystemTime(Date.now() + (jumpsMs[i % jumpsMs.length] ?? 0))
      vi.advanceTimersByTime(1000)
    }
    expect(instants.length).toBeGreaterThan(40)
    expect(instants.length).toBeLessThanOrEqual(181)
    expect(instants.every((atMs) => atMs % 1000 === 0)).toBe(true)
  })

  it('has one timer, however often it is started, and none once it is stopped', () => {
    const { instants, ticker } = startTicker()
    ticker.start()
    expect(vi.getTimerCount()).toBe(1)
    expect(ticker.isRunning()).toBe(true)
    ticker.stop()
    expect(vi.getTimerCount()).toBe(0)
    expect(ticker.isRunning()).toBe(false)
    vi.advanceTimersByTime(5000)
    expect(instants).toEqual([])
  })

  it('does not keep the process alive', () => {
    vi.useRealTimers()
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    const { ticker } = startTicker(60_000)
    expect(timers()).toBe(before)
    ticker.stop()
  })

  it('can be stopped by who it calls', () => {
    const ticker = createAlignedTicker(1000, () => ticker.stop())
    ticker.start()
    vi.advanceTimersByTime(1000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
