// Two tabs that look at the same server show the same.
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import type { Reading } from '../pages/overview'
import { Overview } from '../pages/overview'
import { send } from '../send'

const ROUNDS = 8

test('two tabs show the same numbers at the same moments @long', async ({ overview, fresh, context }) => {
  await overview.open('?range=1m')
  const other = new Overview(await context.newPage())
  await other.open('?range=1m')
  // Each round is another tick at least.
  for (let i = 1; i <= ROUNDS; i++) {
    await send(fresh.url, '/demo/slow?ms=5', i)
    await send(fresh.url, '/demo/api/orders?status=500', 1, 'POST')
    const sent = i * (i + 1) * 0.5 + i
    await expect.poll(() => Promise.all([overview.total(), other.total()])).toEqual([sent, sent])
  }
  const late = new Overview(await context.newPage())
  await late.open('?range=1m')
  await expect.poll(() => late.total()).toBe((ROUNDS * (ROUNDS + 1)) / 2 + ROUNDS)

  const tabs = [overview, other, late]
  for (const tab of tabs) await tab.pause.click()
  for (const title of ['Requests', 'Latency heat map', 'Latency percentiles', 'Memory']) {
    const told = await Promise.all(tabs.map((tab) => tab.readings(tab.panel(title))))
    const [first = new Map(), ...others] = told.map(byMoment)
    for (const tab of others) {
      const common = [...first.keys()].filter((moment) => tab.has(moment))
      expect(common.length).toBeGreaterThanOrEqual(ROUNDS - 2)
      for (const moment of common)
        expect({ moment, rows: tab.get(moment) }).toEqual({ moment, rows: first.get(moment) })
    }
  }
})

/** Without the moments at which nothing was drawn. */
function byMoment(readings: readonly Reading[]): Map<string, Reading['rows']> {
  const drawn = readings.filter(({ rows }) => [...rows.values()].some((value) => /\d/.test(value)))
  return new Map(drawn.map(({ heading, rows }) => [heading, rows]))
}
