// A request's latency falls into the right bucket: the bar, the cell, and what both say to a screen reader.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { send } from '../send'

/** The upper bounds of the buckets from 100 ms on, with their names on the page. */
const BUCKETS: [seconds: number, name: string][] = [
  [0.1, '50 ms to 100 ms'],
  [0.25, '100 ms to 250 ms'],
  [0.5, '250 ms to 500 ms'],
  [1, '500 ms to 1 s'],
  [2.5, '1 s to 2.5 s'],
  [5, '2.5 s to 5 s'],
  [10, '5 s to 10 s'],
]

/** How many of these latencies fall into each bucket. On a busy machine a few of them may be slower than asked for. */
function expectedBuckets(latencies: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const latency of latencies) {
    const [, name = 'over 10 s'] = BUCKETS.find(([upper]) => latency <= upper) ?? []
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

test('a latency of 120 ms falls into the bar and the cell from 100 ms to 250 ms', async ({ overview, fresh }) => {
  await overview.open()
  const latencies: number[] = []
  do latencies.push(...(await send(fresh.url, '/demo/slow?ms=120', 4)))
  while (!latencies.some((latency) => latency <= 0.25))
  const expected = expectedBuckets(latencies)

  const bars = overview.panel('Latency buckets')
  await expect(bars).toContainText(`${latencies.length} requests`)
  await overview.pause.click()
  const counted = new Map<string, number>()
  for (const { heading, rows } of await overview.readings(bars)) {
    const count = Number(rows.get('requests'))
    if (count > 0) counted.set(heading, count)
    const percent = (count / latencies.length) * 100
    expect(Number.parseFloat(rows.get('share') ?? '')).toBeCloseTo(percent, percent < 100 ? 0 : 9)
  }
  expect(counted).toEqual(expected)

  const map = overview.panel('Latency heat map')
  const cells = (await overview.readings(map)).flatMap(({ rows }) => [...rows])
  // What has no number is words: that there were no requests, or that the process started.
  const named = cells.filter(([, value]) => value !== '').map(([name]) => name)
  expect(new Set(named)).toEqual(new Set(expected.keys()))

  // Two buckets lie between the edges of 100 ms and 500 ms.
  const cell = await overview.heat('100')
  const height = (cell.edge - (await overview.heat('500')).edge) / 2
  const rows = BUCKETS.findLastIndex(([, name]) => expected.has(name))
  expect(Math.abs(cell.bottom - cell.edge)).toBeLessThan(height / 4)
  expect(Math.abs(cell.top - (cell.edge - rows * height))).toBeLessThan(height / 4)
})
