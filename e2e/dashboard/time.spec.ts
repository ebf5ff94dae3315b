// Time is a place: a window that stands still is in the URL, and shows the same to whoever opens it.
import type { Browser, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { Overview } from '../pages/overview'
import { send } from '../send'

// Two browsers, and a picture that is drawn.
test.slow()

test.beforeEach(async ({ fresh, overview }) => {
  await send(fresh.url, '/demo/products/1', 6)
  await send(fresh.url, '/demo/api/payments', 2)
  await overview.open('?range=1m')
  await expect.poll(() => overview.total()).toBe(8)
})

/** The window that the address says, in milliseconds; NaN where it says none. */
function windowOf(page: Page): { from: number; to: number } {
  const query = new URL(page.url()).searchParams
  return { from: Number(query.get('from') ?? Number.NaN), to: Number(query.get('to') ?? Number.NaN) }
}

/** What is on the board at an address, in a browser that knows nothing of the first one, and what that has asked. */
async function openElsewhere(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1500 } })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(url)
  const overview = new Overview(page)
  await expect(overview.state).toHaveText('Paused')
  return { overview, page, asked, close: () => context.close() }
}

const boardOf = (page: Page) => page.getByRole('main').textContent()

test('a drag over a chart zooms, another browser shows the same at that address, and Escape goes back', async ({
  overview,
  fresh,
  page,
  browser,
}) => {
  await overview.drag(overview.panel('Requests'), 0.5, 1)
  await expect(overview.state).toHaveText('Paused')
  await expect(page).toHaveURL(/from=\d{13}&to=\d{13}/)
  const { from, to } = windowOf(page)
  expect(to - from).toBeGreaterThan(25_000)
  expect(to - from).toBeLessThan(35_000)
  expect(from % 1000).toBe(0)
  await expect(overview.tile('p95')).toContainText(/\d+ s shown/)
  await expect.poll(() => overview.total()).toBe(8)

  // What comes later is not in the window.
  await send(fresh.url, '/demo/products/1', 3)
  const other = await openElsewhere(browser, page.url())
  await expect.poll(() => boardOf(other.page)).toBe(await boardOf(page))
  for (const title of ['Requests', 'Latency percentiles', 'Latency heat map', 'Memory']) {
    const told = await other.overview.readings(other.overview.panel(title))
    expect(told).toEqual(await overview.readings(overview.panel(title)))
    expect(told.length).toBeGreaterThan(20)
  }
  expect(other.asked.filter((path) => path.includes('metrics.live'))).toEqual([])
  expect(await other.overview.total()).toBe(8)
  await other.close()

  await page.keyboard.press('Escape')
  await overview.becomesLive()
  expect(new URL(page.url()).search).toBe('?range=1m')
  await expect.poll(() => overview.total()).toBe(11)
})

test('a pause holds the window that is seen, and now returns', async ({ overview, fresh, page, browser }) => {
  await overview.pause.click()
  await expect(overview.state).toHaveText('Paused')
  await expect(page).toHaveURL(/from=\d{13}&to=\d{13}/)
  const { from, to } = windowOf(page)
  expect(to - from).toBe(60_000)
  await send(fresh.url, '/demo/products/1', 3)
  const other = await openElsewhere(browser, page.url())
  await expect.poll(() => boardOf(other.page)).toBe(await boardOf(page))
  await other.page.reload()
  await expect.poll(() => boardOf(other.page)).toBe(await boardOf(page))

  // A range keeps the end.
  await other.overview.choice('5m').click()
  await expect(other.page).toHaveURL(new RegExp(`from=${to - 300_000}&to=${to}`))
  await expect(other.overview.tile('p95')).toContainText('5 m shown')
  await other.overview.now.click()
  await other.overview.becomesLive()
  await expect.poll(() => other.overview.total()).toBe(11)
  expect(new URL(other.page.url()).search).toBe('')
  await other.close()
})

test('the steps of the browser and of Escape lead through windows', async ({ overview, page }) => {
  await overview.drag(overview.panel('Latency heat map'), 0.4, 1)
  await expect(overview.state).toHaveText('Paused')
  const outer = windowOf(page)
  await overview.drag(overview.panel('CPU'), 0.5, 0.9)
  await expect.poll(() => windowOf(page).from).toBeGreaterThan(outer.from)
  const inner = windowOf(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => windowOf(page)).toEqual(outer)
  await page.goBack()
  await expect.poll(() => windowOf(page)).toEqual(inner)
  await overview.now.click()
  await overview.becomesLive()
})

test('two quick steps back lead over both windows, and two forward to the inner one', async ({ overview, page }) => {
  await overview.drag(overview.panel('Latency heat map'), 0.4, 1)
  await expect.poll(() => windowOf(page).from).toBeGreaterThan(0)
  const outer = windowOf(page)
  await overview.drag(overview.panel('CPU'), 0.5, 0.9)
  await expect.poll(() => windowOf(page).from).toBeGreaterThan(outer.from)
  const inner = windowOf(page)
  const step = (by: 'back' | 'forward') =>
    page.evaluate((by) => {
      history[by]()
      history[by]()
    }, by)

  await step('back')
  await overview.becomesLive()
  expect(new URL(page.url()).search).toBe('?range=1m')
  await expect(overview.tile('p95')).toContainText('last 1 m')
  await step('forward')
  await expect.poll(() => windowOf(page)).toEqual(inner)
  await expect(overview.state).toHaveText('Paused')
  await page.goBack()
  await expect.poll(() => windowOf(page)).toEqual(outer)
  await expect(overview.state).toHaveText('Paused')
})

test('keys zoom as well', async ({ overview, fresh, page }) => {
  const width = () => windowOf(page).to - windowOf(page).from
  // What the keys zoom into has requests: an empty panel has no chart.
  await send(fresh.url, '/demo/products/1')
  await expect.poll(() => overview.total()).toBe(9)
  await overview.pause.click()
  await expect(page).toHaveURL(/from=/)
  const whole = windowOf(page)
  const slider = overview.panel('Latency percentiles').getByRole('slider')
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('+')
  await expect.poll(width).toBeLessThan(30_000)
  const inner = windowOf(page)
  await page.keyboard.press('-')
  await expect.poll(width).toBeGreaterThan(inner.to - inner.from)
  expect(windowOf(page).to).toBeLessThanOrEqual(whole.to)
  // The first takes the reader out of the chart.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect.poll(() => windowOf(page)).toEqual(inner)
})

test('a window is read in Grafana’s words, and says what is not remembered', async ({ overview, page, fresh }) => {
  await page.goto('/dashboard?from=now-3h&to=now-2h')
  await expect(overview.state).toHaveText('Paused')
  await expect(overview.bar).toContainText('not remembered')
  await expect(overview.panel('Requests')).toContainText('No requests in the 1 h shown.')

  const now = new Date()
  const from = new Date(now.getTime() - 600_000).toISOString()
  await page.goto(`/dashboard?from=${from}&to=${now.toISOString()}`)
  await expect(overview.bar).toContainText(/nothing before \d\d:\d\d:\d\d/)
  expect(await overview.total()).toBe(8)

  await page.goto('/dashboard?from=now-7m&to=now')
  await overview.becomesLive()
  await expect(overview.tile('p95')).toContainText('last 7 m')
  await send(fresh.url, '/demo/products/1')
  await expect.poll(() => overview.total()).toBe(9)

  for (const query of ['from=then&to=now', 'from=now&to=now-1h', 'to=123', 'from=now-99y&to=now']) {
    await page.goto(`/dashboard?${query}`)
    await overview.becomesLive()
    await expect(overview.tile('p95')).toContainText('last 5 m')
  }
})
