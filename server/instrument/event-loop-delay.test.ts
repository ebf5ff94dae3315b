import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { MOMENT_MS, MOST_MOMENTS, observeEventLoopDelay, waitsOf } from './event-loop-delay'
import { createRegistry } from './registry'

const HOUR_MS = 3_600_000

test.each<[sentence: string, lateMs: number, waits: number[]]>([
  ['a timer that comes when it is due has one moment', 0, [0]],
  ['one that is a little late as well', 12.5, [12.5]],
  ['while the loop was held, each moment has its own wait', 130, [130, 80, 30]],
  ['a moment that is just due has waited for nothing', 2 * MOMENT_MS, [100, 50, 0]],
])('%s', (_, lateMs, waits) => {
  expect(waitsOf(lateMs)).toEqual(waits)
})

test('of a sleep of hours only so many moments are counted, the longest waits', () => {
  const waits = waitsOf(5 * HOUR_MS)
  expect(waits).toHaveLength(MOST_MOMENTS)
  expect(waits.at(0)).toBe(5 * HOUR_MS)
})

test('a stall is seen by each of two scrapers, however often the other one asks', async () => {
  const registry = createRegistry()
  observeEventLoopDelay(registry)
  const above250ms = async () => {
    const { values = [] } = (await registry.getSingleMetric('nodejs_eventloop_delay_seconds')?.get()) ?? {}
    const upTo = (le: number | string) => values.find(({ labels }) => labels.le === le)?.value ?? Number.NaN
    return upTo('+Inf') - upTo(0.25)
  }
  await setTimeout(2 * MOMENT_MS)
  const rare = await above250ms()
  const untilMs = performance.now() + 600
  while (performance.now() < untilMs);
  for (let i = 0; i < 5; i++) {
    await setTimeout(MOMENT_MS)
    await above250ms()
  }
  // Of 600 ms, what arrived in the first 350 had to wait for more than 250.
  expect((await above250ms()) - rare).toBeGreaterThanOrEqual(6)
})
