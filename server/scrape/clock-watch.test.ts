import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClockWatch } from './clock-watch'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** What a sink is told where two targets are scraped at every second of `timesMs`. */
function told(intervalMs: number, ...timesMs: number[]): string[] {
  const lines: string[] = []
  const watch = createClockWatch(intervalMs, {
    skip: (fromMs, toMs) => lines.push(`skip ${fromMs} to ${toMs}`),
    setBack: (newestMs) => lines.push(`back to ${newestMs}`),
  })
  const targets = [{}, {}]
  for (const nowMs of timesMs) {
    vi.setSystemTime(nowMs)
    for (const target of targets) watch.look(target, Math.floor(nowMs / intervalMs) * intervalMs)
  }
  expect(console.warn).toHaveBeenCalledTimes(lines.length)
  expect(watch.setBackCount()).toBe(lines.filter((line) => line.startsWith('back')).length)
  return lines
}

describe('a clock', () => {
  it.each([
    ['that goes on is nothing to tell of', 1000, [100_000, 101_000, 102_000], []],
    ['that goes on while the process is busy is none either', 1000, [100_000, 161_000, 162_000], []],
    ['set forward skips time', 1000, [100_000, 161_001, 162_000], ['skip 100000 to 161001']],
    ['set forward by less than long intervals does not', 300_000, [0, 360_000], []],
    ['set back is set back by one interval more', 1000, [100_000, 98_999, 100_000], ['back to 97999']],
    ['set back to an instant that has been is set back', 1000, [100_000, 100_500, 101_000], ['back to 99500']],
    ['set back where no instant comes again is not', 1000, [100_990, 101_990, 102_000], []],
    ['set forward and back again', 1000, [0, 9e6, 9e6 + 1000, 2000, 3000], ['skip 0 to 9000000', 'back to 1000']],
    ['set back and forward again', 1000, [9e6, 2000, 9e6], ['back to 1000', 'skip 2000 to 9000000']],
  ])('%s', (_, intervalMs, timesMs, lines) => {
    expect(told(intervalMs, ...timesMs)).toEqual(lines)
  })

  it('may be watched for a sink that has nothing to do with it', () => {
    const watch = createClockWatch(1000, {})
    const target = {}
    for (const nowMs of [100_000, 200_000, 100_000]) {
      vi.setSystemTime(nowMs)
      watch.look(target, nowMs)
    }
    expect(watch.setBackCount()).toBe(1)
  })
})
