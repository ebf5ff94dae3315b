// A server that goes away and comes back: the page says so, goes on without a reload, and invents nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { startWay } from '../cuttable-way'
import { freshTest as test } from '../dashboard-test'
import { send } from '../send'
import type { Server } from '../start-server'
import { startServer } from '../start-server'

/** What a browser logs by itself when a server is not there. */
test.use({ tolerated: /ERR_(?:CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/ })

const ABSENCE_MS = 4000

/** Runs `use` with a server in the place of one that has ended. */
async function withSuccessor({ port }: Server, use: () => Promise<void>): Promise<void> {
  const successor = await startServer({ port })
  try {
    await use()
  } finally {
    await successor.kill()
  }
}

function countReloads(page: Page): () => number {
  let reloads = 0
  // Not `framenavigated`: a pause changes the URL, and the page stays.
  page.on('load', () => reloads++)
  return () => reloads
}

test('a server that is killed and started again is reconnected to, and its absence is a gap', async ({
  overview,
  fresh,
  page,
}) => {
  await overview.open('?range=1m')
  const reloads = countReloads(page)
  await send(fresh.url, '/', 9)
  await expect.poll(() => overview.total()).toBe(9)

  await fresh.kill()
  await expect(overview.state).toHaveText('Reconnecting')
  await expect(overview.panel('Latency buckets')).toContainText(/Stopped at \d\d:\d\d:\d\d/)
  expect(await overview.total()).toBe(9)
  await sleep(ABSENCE_MS)

  await withSuccessor(fresh, async () => {
    await overview.becomesLive()
    await send(fresh.url, '/', 2)
    await expect.poll(() => overview.total()).toBe(2)
    expect(reloads()).toBe(0)

    // Not of a pause: that asks the successor, which remembers nothing of the time before.
    const rates = await overview.readings(overview.panel('Requests'))
    const drawn = rates.flatMap(({ rows }) => [...rows.values()])
    expect(drawn.some((value) => /^[1-9]/.test(value))).toBe(true)
    // The start is marked by words alone.
    expect(drawn.filter((value) => !/^(?:|–|[\d.,]+ per s)$/.test(value))).toEqual([])

    await overview.panel('Requests').getByRole('button', { name: 'Count' }).click()
    await expect(overview.panel('Requests')).toContainText('since the process started')
    const counts = (await overview.readings(overview.panel('Requests'))).map(({ rows }) => rows.get('requests'))
    const lastBefore = counts.lastIndexOf('9')
    const firstAfter = counts.findIndex((count, i) => i > lastBefore && count !== '–')
    expect(firstAfter - lastBefore).toBeGreaterThanOrEqual(ABSENCE_MS / 1000)
    expect(new Set(counts.slice(lastBefore + 1, firstAfter))).toEqual(new Set(['–']))
    // It counts from 0 again. A scrape may have come between the two.
    expect(counts.slice(firstAfter).join(' ')).toMatch(/^(?:0 )*(?:1 )?2(?: 2)*$/)
  })
})

test('a server that is told to end lets go of its open streams at once', async ({ overview, fresh, page }) => {
  await overview.open()
  const reloads = countReloads(page)
  const askedMs = performance.now()
  expect(await fresh.stop()).toBe(143)
  expect(performance.now() - askedMs).toBeLessThan(5000)
  await expect(overview.state).toHaveText('Reconnecting')
  await withSuccessor(fresh, async () => {
    await overview.becomesLive()
    expect(reloads()).toBe(0)
  })
})

test('a connection that breaks while the server lives loses no point', async ({ overview, fresh, page }) => {
  const way = await startWay(fresh.port)
  await page.goto(`${way.url}/dashboard?range=1m`)
  await overview.becomesLive()
  const reloads = countReloads(page)

  await way.cut()
  await expect(overview.state).toHaveText('Reconnecting')
  await sleep(ABSENCE_MS)
  await way.mend()
  await overview.becomesLive()
  await overview.pause.click()
  expect(reloads()).toBe(0)
  const memory = (await overview.readings(overview.panel('Memory'))).map(({ rows }) => rows.get('resident'))
  const drawn = memory
    .map((value) => (value === '–' ? ' ' : 'x'))
    .join('')
    .trim()
  expect(drawn).toMatch(/^x+$/)
  expect(drawn.length).toBeGreaterThan(ABSENCE_MS / 1000)
  await way.cut()
})
