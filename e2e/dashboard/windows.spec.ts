// Over HTTP/1.1 a browser has six connections to a server. However many tabs look at it, most of them are free for the app's
// own pages, and nobody misses a point.
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { Overview } from '../pages/overview'
import { send } from '../send'

/** As app/dashboard/_live/shared-stream.ts has it. */
const MOST_STREAMS = 3
const TABS = 10

/** Every page of a browser that Playwright drives is visible, as ten windows beside each other are. */
async function openTabs(context: BrowserContext, queries: readonly string[]): Promise<Overview[]> {
  const tabs: Overview[] = []
  for (const query of queries) {
    const page = await context.newPage()
    // What isn't on the screen is drawn less often, and ten boards at a time are much to draw.
    await page.setViewportSize({ width: 1024, height: 240 })
    const tab = new Overview(page)
    await tab.open(query)
    tabs.push(tab)
  }
  return tabs
}

async function openStreams(url: string): Promise<number> {
  const response = await fetch(`${url}/api/trpc/metrics.status`)
  return (await response.json()).result.data.streams.open
}

/** The app's own page, in the same browser. */
async function expectAppAnswers(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.goto('/demo/products/1', { timeout: 10_000 })
  await expect(page.getByRole('heading').first()).toBeVisible()
  await page.close()
}

async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    },
    isHidden ? 'hidden' : 'visible',
  )
}

/** Pauses, and expects a value at each place from the first on. */
async function expectNoGap(tab: Overview): Promise<void> {
  await tab.page.setViewportSize({ width: 1440, height: 1500 })
  await tab.pause.click()
  const memory = (await tab.readings(tab.panel('Memory'))).map(({ rows }) => rows.get('resident'))
  const drawn = memory.map((value) => (value === '–' ? ' ' : 'x')).join('')
  expect(drawn.trim()).toMatch(/^x{8,}$/)
}

test('ten tabs are alive over one stream, the app answers, and when one leaves the others go on without a gap', async ({
  context,
  fresh,
}) => {
  const tabs = await openTabs(context, Array<string>(TABS).fill('?range=1m'))
  await expect.poll(() => openStreams(fresh.url)).toBe(1)
  await expectAppAnswers(context)
  await send(fresh.url, '/demo/slow?ms=5', 7)
  for (const tab of tabs) await expect.poll(() => tab.total()).toBeGreaterThanOrEqual(7)

  const [leader, ...others] = tabs
  await leader?.page.close()
  await send(fresh.url, '/demo/slow?ms=5', 5)
  for (const tab of others) await expect.poll(() => tab.total()).toBeGreaterThanOrEqual(12)
  await expect.poll(() => openStreams(fresh.url)).toBe(1)
  await sleep(2000)
  for (const tab of others.slice(0, 3)) {
    await expect(tab.state).toHaveText(/^Live/)
    await expectNoGap(tab)
  }
})

test('tabs with different questions leave connections free, and all of them are alive @long', async ({
  context,
  fresh,
}) => {
  const queries = ['1m', '5m', '15m', '1h'].flatMap((range) => [`?range=${range}`, `?range=${range}&traffic=all`])
  const tabs = await openTabs(context, queries)
  await send(fresh.url, '/demo/slow?ms=5', 7)
  for (const tab of tabs) await expect.poll(() => tab.total()).toBeGreaterThanOrEqual(7)
  await expectAppAnswers(context)
  // What has no stream asks now and then, one question at a time.
  const counts: number[] = []
  for (let i = 0; i < 20; i++) {
    counts.push(await openStreams(fresh.url))
    await sleep(100)
  }
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...counts)).toBeLessThanOrEqual(MOST_STREAMS + 2)
  for (const tab of tabs) await expect(tab.state).toHaveText(/^Live/)
})

test('a hidden tab holds no connection, and has everything at once when it is shown', async ({
  overview,
  fresh,
  page,
}) => {
  await overview.open('?range=1m')
  await expect.poll(() => openStreams(fresh.url)).toBe(1)
  await setHidden(page, true)
  await expect.poll(() => openStreams(fresh.url)).toBe(0)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await send(fresh.url, '/demo/slow?ms=5', 9)
  await sleep(12_000)
  expect(asked).toEqual([])
  expect(await overview.total()).not.toBe(9)

  await setHidden(page, false)
  await expect.poll(() => overview.total(), { timeout: 3_000 }).toBe(9)
  await expect.poll(() => openStreams(fresh.url)).toBe(1)
  await expectNoGap(overview)
})
