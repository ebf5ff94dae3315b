// What a panel gives into the reader's hand: series to hide, a moment to pin, numbers and a link to take along.
import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { freshTest as test } from '../dashboard-test'
import { Overview } from '../pages/overview'
import { send } from '../send'

// Two browsers, and a picture that is drawn.
test.slow()

test.beforeEach(async ({ fresh, overview }) => {
  await send(fresh.url, '/demo/products/1', 9)
  await send(fresh.url, '/demo/api/payments', 3)
  await overview.open('?range=1m')
  await expect.poll(() => overview.total()).toBe(12)
})

test('a legend hides a series, isolates one, by keys too, and the browser remembers it', async ({ overview, page }) => {
  const panel = overview.panel('Requests')
  const name = (series: string) => panel.getByRole('button', { name: `${series} of Requests by status` })
  const bands = panel.locator('path[data-mark]')
  await expect(bands).toHaveCount(5)
  await name('2xx').click()
  await expect(name('2xx')).toHaveAttribute('aria-pressed', 'false')
  await expect(bands).toHaveCount(4)
  await page.reload()
  await expect(name('2xx')).toHaveAttribute('aria-pressed', 'false')
  await expect(bands).toHaveCount(4)

  await name('5xx').click({ modifiers: ['Control'] })
  await expect(bands).toHaveCount(1)
  await expect(name('5xx')).toHaveAttribute('aria-pressed', 'true')
  await expect(name('4xx')).toHaveAttribute('aria-pressed', 'false')
  await name('5xx').press('Control+Enter')
  await expect(bands).toHaveCount(5)
  await name('3xx').press('Space')
  await expect(bands).toHaveCount(4)
  await expect(overview.panel('Latency percentiles').getByRole('button', { name: /^p50 of/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('the legend keeps its place while its numbers change', async ({ overview, fresh }) => {
  const place = async () => {
    const items = await overview.panel('Requests').getByRole('listitem').all()
    return Promise.all(items.map(async (item) => (await item.boundingBox())?.x))
  }
  const before = await place()
  await send(fresh.url, '/demo/products/1', 60)
  await expect.poll(() => overview.total()).toBe(72)
  expect(await place()).toEqual(before)
})

/** So that a window has some moments to compare. */
async function hasSamples(url: string, least: number): Promise<void> {
  const query = new URLSearchParams({ query: 'max(count_over_time(requests_total{route="/demo/products/[id]"}[1m]))' })
  await expect
    .poll(async () => {
      const answer = await (await fetch(`${url}/prometheus/api/v1/query?${query}`)).json()
      return Number(answer.data.result[0]?.value[1])
    })
    .toBeGreaterThanOrEqual(least)
}

test('a stack is read from its top, with its total', async ({ overview, fresh }) => {
  await hasSamples(fresh.url, 7)
  await overview.pause.click()
  const readings = await overview.readings(overview.panel('Requests'))
  const [first] = readings
  expect([...(first?.rows.keys() ?? [])]).toEqual(['499 left', '5xx', '4xx', '3xx', '2xx', 'total'])
  const busy = readings.filter(({ rows }) => rows.get('total') !== '–')
  expect(busy.length).toBeGreaterThan(3)
  for (const { rows } of busy) {
    const parts = ['2xx', '3xx', '4xx', '5xx', '499 left'].map((name) => Number.parseFloat(rows.get(name) ?? '') || 0)
    const total = Number.parseFloat(rows.get('total') ?? '')
    expect(Math.abs(total - parts.reduce((sum, part) => sum + part, 0))).toBeLessThan(0.3)
  }
})

test('a click pins the crosshair, a second one and Escape free it', async ({ overview, page }) => {
  await overview.pause.click()
  const chart = overview.panel('Requests').getByRole('slider')
  const box = await chart.boundingBox()
  if (box === null) throw new Error('There is no chart.')
  const [x, y] = [box.x + box.width * 0.9, box.y + box.height / 2]
  const readout = () => overview.panel('Requests').locator('strong').allTextContents()
  await page.mouse.click(x, y)
  const pinned = await readout()
  expect(pinned).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d$/)])
  await page.mouse.move(box.x + 20, y)
  expect(await readout()).toEqual(pinned)
  await page.mouse.move(4, 4)
  expect(await readout()).toEqual(pinned)
  await page.mouse.click(x, y)
  await page.mouse.move(4, 4)
  await expect.poll(readout).toEqual([])

  await page.mouse.click(x, y)
  await page.mouse.move(4, 4)
  expect(await readout()).toEqual(pinned)
  await page.keyboard.press('Escape')
  await expect.poll(readout).toEqual([])
  // The window was not left for it.
  await expect(overview.state).toHaveText('Paused')
})

test('on a phone a tap pins it, and the next one moves it', async ({ browser, fresh }) => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await phone.newPage()
  await page.goto(`${fresh.url}/dashboard?range=1m`)
  const overview = new Overview(page)
  await overview.becomesLive()
  const panel = overview.panel('Requests')
  await panel.scrollIntoViewIfNeeded()
  const slider = panel.getByRole('slider')
  const readout = panel.locator('strong')
  const tap = async (place: number) => {
    const box = await slider.boundingBox()
    if (box !== null) await page.touchscreen.tap(box.x + box.width * place, box.y + box.height / 2)
  }
  await tap(0.9)
  await expect(readout).toHaveText(/^\d\d:\d\d:\d\d$/)
  const first = await readout.textContent()
  await tap(0.4)
  await expect(readout).not.toHaveText(first ?? '')
  await expect(readout).toHaveCount(1)
  await tap(0.4)
  await expect(readout).toHaveCount(0)

  const buckets = overview.panel('Latency buckets')
  await buckets.scrollIntoViewIfNeeded()
  await buckets.getByRole('slider').tap({ force: true })
  await expect(buckets.locator('strong')).toHaveCount(1)

  // Help and menu stay on the screen, wherever their button is.
  for (const about of await page.getByRole('button', { name: /^About / }).all()) {
    await about.scrollIntoViewIfNeeded()
    await about.focus()
    const tip = await page.getByRole('tooltip').filter({ visible: true }).boundingBox()
    expect(tip?.x).toBeGreaterThanOrEqual(0)
    expect((tip?.x ?? 0) + (tip?.width ?? 0)).toBeLessThanOrEqual(390)
  }
  await phone.close()
})

test('the menu of a panel is used by keys', async ({ overview, page }) => {
  const button = overview.panel('Latency percentiles').getByRole('button', { name: /^Menu of/ })
  const menu = page.getByRole('menu')
  const focused = page.locator(':focus')
  await expect(menu).toBeHidden()
  await button.press('Enter')
  await expect(menu).toBeVisible()
  await expect(focused).toHaveAccessibleName('Copy PromQL: p50')
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAccessibleName('Copy PromQL: p95')
  await page.keyboard.press('End')
  await expect(focused).toHaveAccessibleName('Copy link to this window')
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAccessibleName('Copy PromQL: p50')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(button).toBeFocused()
  await overview.becomesLive()
})

test('CSV has the numbers that the API answers', async ({ overview, fresh, page }) => {
  await hasSamples(fresh.url, 7)
  await overview.pause.click()
  await expect(overview.state).toHaveText('Paused')
  const query = new URL(page.url()).searchParams
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))]
  const own = `job="hearth",instance="127.0.0.1:${fresh.port}"`
  const expr = `sum(process_resident_memory_bytes{${own}})`
  const asked = new URLSearchParams({ query: expr, start: `${from / 1000}`, end: `${to / 1000}`, step: '1' })
  const answer = await (await fetch(`${fresh.url}/prometheus/api/v1/query_range?${asked}`)).json()
  const values: [number, string][] = answer.data.result[0].values

  const csv = await saved(overview, 'Memory by kind')
  const [head = '', ...rows] = csv.trim().split('\r\n')
  expect(head).toBe('time,resident,heap total,heap used,external,array buffers')
  const told = new Map(rows.map((row) => [Date.parse(row.split(',')[0] ?? ''), row.split(',')[1]]))
  for (const [time, value] of values.slice(1)) expect(told.get(time * 1000)).toBe(value)
  expect(values.length).toBeGreaterThan(3)

  const routes = await saved(overview, 'Routes')
  expect(routes.split('\r\n')[0]).toBe('method,route,Rate,5xx,p50,p95,p99,Total')
  expect(routes).toMatch(/GET,\/demo\/products\/\[id\],[^,]+,0,.*,9\r\n/)
})

test('a link to a panel is taken along', async ({ overview, page, context, browser }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const menuOf = async (title: string, item: string) => {
    await overview
      .panel(title)
      .getByRole('button', { name: /^Menu of/ })
      .click()
    return page.getByRole('menuitem', { name: item })
  }
  const item = await menuOf('Event loop delay', 'Copy link to this window')
  const link = (await item.getAttribute('href')) ?? ''
  await item.click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  expect(link).toMatch(/\?range=1m&from=\d{13}&to=\d{13}#event-loop-delay$/)
  const other = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const opened = await other.newPage()
  await opened.goto(link)
  await expect(new Overview(opened).state).toHaveText('Paused')
  await expect(new Overview(opened).panel('Event loop delay')).toBeInViewport()
  await other.close()
})

/** What the panel's menu saves as CSV. */
async function saved(overview: Overview, title: string): Promise<string> {
  const { page } = overview
  await overview
    .panel(title)
    .getByRole('button', { name: /^Menu of/ })
    .click()
  const loading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download CSV' }).click()
  return readFile(await (await loading).path(), 'utf8')
}
