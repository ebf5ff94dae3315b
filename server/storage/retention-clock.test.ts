import { describe, expect, it } from 'vitest'
import { RetentionClock } from './retention-clock'

type Skip = [fromMs: number, toMs: number]

/** A clock that skipped some times, and came as far as `newestMs`. */
function clockAt(newestMs: number, skips: Skip[] = [], retentionMs = 100): RetentionClock {
  const clock = new RetentionClock(retentionMs)
  for (const [fromMs, toMs] of skips) {
    clock.advanceTo(fromMs)
    clock.skip(fromMs, toMs)
  }
  clock.advanceTo(newestMs)
  return clock
}

describe('the horizon', () => {
  it.each([
    ['is a retention ago', clockAt(1000), 900],
    ['is earlier by the time that was skipped', clockAt(1000, [[300, 950]]), 250],
    ['is where it was before there is a sample after the gap', clockAt(300, [[300, 950]]), 200],
    ['passes a gap at once', clockAt(1049, [[300, 950]]), 299],
    ['is a retention ago again when it is past the gap', clockAt(1050, [[300, 950]]), 950],
    [
      'is earlier by several gaps',
      clockAt(1000, [
        [300, 500],
        [520, 600],
        [620, 990],
      ]),
      250,
    ],
    [
      'is earlier by those gaps only that it has not passed',
      clockAt(1000, [
        [300, 500],
        [520, 910],
      ]),
      510,
    ],
    [
      'is not moved by a gap from before what is known',
      clockAt(1000, [
        [300, 950],
        [200, 400],
      ]),
      250,
    ],
  ])('%s', (_, clock, expected) => {
    expect(clock.horizonMs).toBe(expected)
  })

  it('goes back with the clock, and forgets the gaps of the time to come', () => {
    const clock = clockAt(10_050, [[1000, 10_000]])
    clock.setBack(1010)
    expect([clock.newestMs, clock.horizonMs]).toEqual([1010, 910])
  })

  it('can be asked for a time to come', () => {
    expect(clockAt(1000).horizonAt(5000)).toBe(4900)
    expect(clockAt(1000).horizonAt(500)).toBe(900)
  })

  it('counts a bounded number of gaps', () => {
    const skips = Array.from({ length: 200 }, (_, i): Skip => [i * 1000, i * 1000 + 999])
    expect(clockAt(200_000, skips, 1000).horizonMs).toBe(200_000 - 1000 - 100 * 999)
  })
})
